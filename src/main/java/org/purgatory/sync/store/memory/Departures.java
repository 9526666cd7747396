package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.ReleaseReasons;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

/**
 * How events leave the queue: each with a result, and in the same step as it is stored, or
 * withdrawn. Not thread-safe.
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

  /**
   * Lets those events of a release go that still wait, and dormant ones that are satisfied. The
   * last one that waits takes the run with it.
   */
  Published release(IdentifierRecord record, Release release, Instant now) {
    boolean satisfied = release.outcome() == SyncOutcome.SATISFIED;
    Map<EventId, PendingEvent> leaving = new LinkedHashMap<>();
    for (EventId id : release.events()) {
      Optional.ofNullable(record.pending().get(id))
          .or(() -> satisfied ? dormantOf(record, id) : Optional.empty())
          .ifPresent(event -> leaving.put(id, event));
    }
    if (!leaving.isEmpty()) {
      // The run in progress is one more than those that ended in vain.
      append(record, release, leaving.values(), attempts(record) + 1, now);
      remove(record, leaving.keySet(), now);
      if (satisfied) {
        leaving.values().forEach(event -> serve(event, now));
      }
    }
    boolean over = record.pending().isEmpty();
    if (over) {
      catalogue.update(record.identifier, now, r -> r.entry = Optional.empty());
    }
    return new Published(leaving.keySet(), over);
  }

  private Optional<PendingEvent> dormantOf(IdentifierRecord record, EventId id) {
    return catalogue
        .dormant()
        .find(id)
        .filter(event -> event.event().identifier().equals(record.identifier));
  }

  private void serve(PendingEvent event, Instant now) {
    if (catalogue.dormant().find(event.id()).isPresent()) {
      catalogue.dormant().remove(event.id());
      expired.forget(event.id());
    }
    catalogue.learn(event.event(), now);
  }

  /** Lets those events go that have waited too long, and says how many. */
  int expire(IdentifierRecord record, Instant now) {
    Instant tooOld = now.minus(expiry);
    Map<EventId, PendingEvent> leaving = new LinkedHashMap<>();
    Instant young = Instant.MAX;
    boolean applied = false;
    for (PendingEvent event : record.pending().values()) {
      if (event.enteredAt().isAfter(tooOld)) {
        young = event.enteredAt().isBefore(young) ? event.enteredAt() : young;
      } else if (record.isBegun(event.id(), now)) {
        applied = true;
      } else {
        leaving.put(event.id(), event);
      }
    }
    if (!leaving.isEmpty()) {
      expire(record, leaving, now);
    }
    if (applied) {
      // What a run is applying is looked at again when its lease is over, unless it is renewed.
      Instant lease = record.leaseUntil.minus(expiry);
      Instant until = young.isBefore(lease) ? young : lease;
      catalogue.update(record.identifier, now, r -> r.expiresUntil = until);
    }
    return leaving.size();
  }

  private void expire(IdentifierRecord record, Map<EventId, PendingEvent> leaving, Instant now) {
    Map<EventId, String> reasons = new HashMap<>();
    leaving.keySet().forEach(id -> reasons.put(id, ReleaseReasons.waited(expiry)));
    Release release =
        new Release(
            SyncOutcome.EXPIRED, List.copyOf(leaving.keySet()), List.of(), List.of(), reasons);
    append(record, release, leaving.values(), attempts(record), now);
    leaving.keySet().forEach(id -> expired.remember(id, now));
    removeAndLeave(record, leaving.keySet(), now);
    leaving.values().forEach(event -> keepDormant(record, event, now));
  }

  private void keepDormant(IdentifierRecord record, PendingEvent event, Instant now) {
    boolean outdated =
        record
            .knownAnnouncementOf(event.event().author())
            .filter(known -> !DormantAnnouncements.isNewer(event.event(), known))
            .isPresent();
    if (event.event() instanceof Announcement && !outdated) {
      catalogue.dormant().add(event, now);
    }
  }

  /**
   * Withdraws events without a result.
   *
   * @return those that waited or were dormant, and are not being applied
   */
  Map<EventId, RepositoryIdentifier> cancel(Collection<EventId> events, Instant now) {
    Map<EventId, RepositoryIdentifier> cancelled = new LinkedHashMap<>();
    for (EventId id : events) {
      Optional<PendingEvent> dormant = catalogue.dormant().find(id);
      catalogue
          .homeOf(id)
          .or(() -> dormant.map(event -> event.event().identifier()))
          .flatMap(catalogue::find)
          .filter(record -> !record.isBegun(id, now))
          .ifPresent(
              record -> {
                if (dormant.isPresent()) {
                  catalogue.dormant().remove(id);
                } else {
                  removeAndLeave(record, Set.of(id), now);
                }
                cancelled.put(id, record.identifier);
              });
    }
    return cancelled;
  }

  private void remove(IdentifierRecord record, Collection<EventId> events, Instant now) {
    catalogue.update(record.identifier, now, r -> r.remove(events));
  }

  /** Without a run to take along, the last event takes the identifier with it. */
  private void removeAndLeave(IdentifierRecord record, Collection<EventId> events, Instant now) {
    catalogue.update(
        record.identifier,
        now,
        r -> {
          r.remove(events);
          r.entry = r.entry.filter(entry -> entry.inProgress() || !r.pending().isEmpty());
        });
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
            leaving.stream().map(event -> released(event, release, now)).toList(),
            release.repositories(),
            attempts,
            now,
            release.sourceUrls()));
  }

  private static ReleasedEvent released(PendingEvent event, Release release, Instant now) {
    return new ReleasedEvent(
        event.id(),
        event.event().event().kind(),
        Duration.between(event.enteredAt(), now),
        release.reasonOf(event.id()));
  }

  private static int attempts(IdentifierRecord record) {
    return record.entry.map(QueueEntry::attemptCount).orElse(0);
  }
}
