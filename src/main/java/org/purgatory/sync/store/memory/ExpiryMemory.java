package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.purgatory.sync.nostr.EventId;

/** Remembers which events expired, in the order in which they did: the latest of them, if many. */
final class ExpiryMemory {

  private final int most;
  private final Map<EventId, Instant> expiredAt = new LinkedHashMap<>();

  ExpiryMemory(int most) {
    this.most = most;
  }

  void remember(EventId id, Instant now) {
    expiredAt.put(id, now);
    if (expiredAt.size() > most) {
      expiredAt.remove(expiredAt.keySet().iterator().next());
    }
  }

  boolean contains(EventId id) {
    return expiredAt.containsKey(id);
  }

  void forget(EventId id) {
    expiredAt.remove(id);
  }

  /** All of them with their times, the oldest first. For tests. */
  Map<EventId, Instant> all() {
    return Collections.unmodifiableMap(expiredAt);
  }

  void forgetBefore(Instant time) {
    Iterator<Instant> oldestFirst = expiredAt.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().isBefore(time)) {
      oldestFirst.remove();
    }
  }
}
