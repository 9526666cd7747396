package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EnqueueOutcome.Bound;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.QueueSettings;

/** Holds the queue's bounds: a request that would cross one is refused whole. */
final class Admission {

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

  private final QueueSettings settings;
  private final Catalogue catalogue;
  private final Predicate<GitEvent> isNew;

  /** Only events that are new count: a relay may well hand in anew what it knows of. */
  Admission(QueueSettings settings, Catalogue catalogue, Predicate<GitEvent> isNew) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.isNew = isNew;
  }

  /** Says why a request cannot be taken, or nothing if it can. */
  Optional<EnqueueOutcome> check(Enqueue request, Instant now) {
    Map<RepositoryIdentifier, Integer> arriving = new LinkedHashMap<>();
    for (GitEvent event : request.pending()) {
      if (isNew.test(event)) {
        arriving.merge(event.identifier(), 1, Integer::sum);
      }
    }
    for (Map.Entry<RepositoryIdentifier, Integer> identifier : arriving.entrySet()) {
      int waiting = catalogue.find(identifier.getKey()).map(r -> r.pending().size()).orElse(0);
      if (waiting + identifier.getValue() > settings.maxEventsPerIdentifier()) {
        return full(
            Bound.EVENTS_PER_IDENTIFIER,
            "purgatory.limits.events-per-identifier ("
                + settings.maxEventsPerIdentifier()
                + ") is reached",
            dueIn(identifier.getKey(), now));
      }
    }
    Set<RepositoryIdentifier> touched = new HashSet<>(arriving.keySet());
    request.known().forEach(event -> touched.add(event.identifier()));
    return catalogue.hasRoomFor(touched)
        ? Optional.empty()
        : full(
            Bound.IDENTIFIERS,
            "purgatory.limits.identifiers (" + settings.maxIdentifiers() + ") is reached",
            settings.backoff().base());
  }

  private Duration dueIn(RepositoryIdentifier identifier, Instant now) {
    Instant due = catalogue.find(identifier).flatMap(r -> r.entry).map(QueueEntry::due).orElse(now);
    Duration wait = Duration.between(now, due);
    return wait.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : wait;
  }

  private static Optional<EnqueueOutcome> full(Bound bound, String reason, Duration retryAfter) {
    return Optional.of(new EnqueueOutcome.Full(bound, reason, retryAfter));
  }
}
