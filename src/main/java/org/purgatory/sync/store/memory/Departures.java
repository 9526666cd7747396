package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

/**
 * How events leave the queue: each with a result, and in the same step as it is stored. Not
 * thread-safe.
 */
final class Departures {

  private final Duration expiry;
  private final MemoryResultLog log;
  private final Catalogue catalogue;
  private final ExpiryMemory expired;

  Departures(Duration expiry, MemoryResultLog log, Catalogue catalogue, ExpiryMemory expired) {
    this.expiry = expiry;
    this.log = log;
    this.catalogue = catalogue;
    this.expired = expired;
  }

  /** Lets those events of a release go that still wait. The last one takes the run with it. */
  Published release(IdentifierRecord record, Release release, Instant now) {
    Map<EventId, PendingEvent> leaving = new LinkedHashMap<>();
    for (EventId id : release.events()) {
      Optional.ofNullable(record.pending.get(id)).ifPresent(event -> leaving.put(id, event));
    }
    if (!leaving.isEmpty()) {
      // The run in progress is one more than those that ended in vain.
      append(record, release, leaving.values(), attempts(record) + 1, now);
      catalogue.update(
          record.identifier,
          now,
          r -> {
            r.pending.keySet().removeAll(leaving.keySet());
            if (release.outcome() == SyncOutcome.SATISFIED) {
              leaving.values().forEach(event -> r.learn(event.event()));
            }
          });
    }
    boolean over = record.pending.isEmpty();
    if (over) {
      catalogue.update(record.identifier, now, r -> r.entry = Optional.empty());
    }
    return new Published(leaving.keySet(), over);
  }

  /** Lets those events go that have waited too long, and says how many. */
  int expire(IdentifierRecord record, Instant now) {
    Instant tooOld = now.minus(expiry);
    List<PendingEvent> leaving =
        record.pending.values().stream().filter(e -> !e.enteredAt().isAfter(tooOld)).toList();
    Release release = new Release(SyncOutcome.EXPIRED, List.of(), List.of(), List.of());
    append(record, release, leaving, attempts(record), now);
    leaving.forEach(event -> expired.remember(event.id(), now));
    catalogue.update(
        record.identifier,
        now,
        r -> {
          leaving.forEach(event -> r.pending.remove(event.id()));
          r.entry = r.entry.filter(entry -> entry.inProgress() || !r.pending.isEmpty());
        });
    return leaving.size();
  }

  private void append(
      IdentifierRecord record,
      Release release,
      Collection<PendingEvent> leaving,
      int attempts,
      Instant now) {
    log.append(
        new SyncResult(
            record.identifier,
            release.outcome(),
            leaving.stream().map(event -> released(event, now)).toList(),
            release.repositories(),
            attempts,
            now,
            release.sourceUrls()));
  }

  private static ReleasedEvent released(PendingEvent event, Instant now) {
    return new ReleasedEvent(
        event.id(), event.event().event().kind(), Duration.between(event.enteredAt(), now));
  }

  private static int attempts(IdentifierRecord record) {
    return record.entry.map(QueueEntry::attemptCount).orElse(0);
  }
}
