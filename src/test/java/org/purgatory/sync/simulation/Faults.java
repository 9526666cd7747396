package org.purgatory.sync.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts operations, and knows what happens at which of them. */
final class Faults {

  private record Moment(String operation, int occurrence) {}

  private final Map<Moment, Fault> faults = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Faults(List<Fault> faults) {
    faults.forEach(fault -> this.faults.put(moment(fault), fault));
  }

  private static Moment moment(Fault fault) {
    return new Moment(fault.operation(), fault.occurrence());
  }

  /** An operation begins: what happens now, or null. */
  Fault begins(String operation) {
    int count = counts.merge(operation, 1, Integer::sum);
    return faults.isEmpty() ? null : faults.get(new Moment(operation, count));
  }
}
