package org.purgatory.sync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, line by line, if anybody wants to know; and the first thing that went wrong. */
final class Trace {

  private final Schedule schedule;
  private final boolean wanted;
  private final List<String> lines = new ArrayList<>();
  private String violation;

  Trace(Schedule schedule, boolean wanted) {
    this.schedule = schedule;
    this.wanted = wanted;
  }

  /** Notes what somebody did or what befell it. */
  void note(Object who, Supplier<String> what) {
    if (wanted) {
      lines.add(at() + " " + who + ": " + what.get());
    }
  }

  /** Notes that a rule was broken. The first one counts. */
  void violated(String rule) {
    if (violation == null) {
      violation = rule;
      if (wanted) {
        lines.add(at() + " VIOLATION: " + rule);
      }
    }
  }

  /** The first rule that was broken, or null. */
  String violation() {
    return violation;
  }

  List<String> lines() {
    return lines;
  }

  private String at() {
    return String.format(Locale.ROOT, "%11.6f", schedule.now() / 1e6);
  }
}
