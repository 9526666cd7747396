package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.QueueSettings;

/** How events come into the queue, all of a request or none. Not thread-safe. */
final class Arrivals {

  private final QueueSettings settings;
  private final MemoryResultLog log;
  private final Catalogue catalogue;
  private final ExpiryMemory expired;

  Arrivals(QueueSettings settings, MemoryResultLog log, Catalogue catalogue, ExpiryMemory expired) {
    this.settings = settings;
    this.log = log;
    this.catalogue = catalogue;
    this.expired = expired;
  }

  EnqueueOutcome take(Enqueue request, Instant now) {
    Optional<EnqueueOutcome> full =
        new Admission(settings, catalogue, event -> state(event, request) == State.QUEUED)
            .check(request, now);
    if (full.isPresent()) {
      return full.get();
    }
    request.known().forEach(event -> catalogue.learn(event, now));
    Map<EventId, State> states = new HashMap<>();
    for (GitEvent event : request.pending()) {
      states.put(event.id(), admit(event, request, now));
    }
    List<EventStatus> statuses =
        request.pending().stream().map(e -> status(e, states.get(e.id()))).toList();
    return new EnqueueOutcome.Accepted(statuses, mostWaiting(request));
  }

  private State admit(GitEvent event, Enqueue request, Instant now) {
    State state = state(event, request);
    if (state != State.QUEUED) {
      return state;
    }
    expired.forget(event.id());
    if (event instanceof Announcement announcement) {
      catalogue.dormant().replacedBy(announcement);
    }
    catalogue.update(
        event.identifier(),
        now,
        record -> {
          record.admit(new PendingEvent(event, now));
          record.entry =
              Optional.of(
                  record
                      .entry
                      .map(entry -> entry.eventArrived(now, request.delay()))
                      .orElseGet(() -> QueueEntry.firstEvent(now, request.delay())));
        });
    return State.QUEUED;
  }

  /** What becomes of an event, given what is known of it. */
  private State state(GitEvent event, Enqueue request) {
    if (catalogue.homeOf(event.id()).isPresent()) {
      return State.ALREADY_PENDING;
    }
    if (log.hasSatisfied(event.id())) {
      return State.SATISFIED;
    }
    boolean refused = expired.contains(event.id()) && !request.readmit();
    return refused ? State.EXPIRED : State.QUEUED;
  }

  private EventStatus status(GitEvent event, State state) {
    boolean waits = state == State.QUEUED || state == State.ALREADY_PENDING;
    Optional<Instant> due =
        waits
            ? catalogue.find(event.identifier()).flatMap(r -> r.entry).map(QueueEntry::due)
            : Optional.empty();
    return new EventStatus(event.id(), event.identifier(), state, due);
  }

  private int mostWaiting(Enqueue request) {
    return request.pending().stream()
        .flatMap(event -> catalogue.find(event.identifier()).stream())
        .mapToInt(record -> record.pending().size())
        .max()
        .orElse(0);
  }
}
