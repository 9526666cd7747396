package org.purgatory.sync.store.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;

/**
 * How far consumers have come. Names are the clients' to choose, so only those that acknowledged
 * last are remembered. Thread-safe.
 */
final class ConsumerPlaces {

  private final Map<String, ResultPosition> places = new LinkedHashMap<>();

  synchronized void acknowledge(String consumer, ResultPosition position) {
    ResultPosition before = places.remove(consumer);
    BinaryOperator<ResultPosition> later = BinaryOperator.maxBy(ResultPosition::compareTo);
    places.put(consumer, before == null ? position : later.apply(before, position));
    if (places.size() > ResultLog.MOST_CONSUMERS) {
      places.remove(places.keySet().iterator().next());
    }
  }

  /** All of them, who acknowledged last comes last. For tests. */
  synchronized Map<String, ResultPosition> all() {
    return new LinkedHashMap<>(places);
  }

  synchronized Optional<ResultPosition> acknowledged(String consumer) {
    return Optional.ofNullable(places.get(consumer));
  }
}
