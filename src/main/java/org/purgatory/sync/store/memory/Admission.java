package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.QueueSettings;

/** Holds the queue's bounds: a request that would cross one is refused whole. */
final class Admission {

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

  private final QueueSettings settings;
  private final Catalogue catalogue;

  Admission(QueueSettings settings, Catalogue catalogue) {
    this.settings = settings;
    this.catalogue = catalogue;
  }

  /** Says why a request cannot be taken, or nothing if it can. */
  Optional<EnqueueOutcome> check(Enqueue request, Instant now) {
    Map<RepositoryIdentifier, Integer> arriving = new HashMap<>();
    for (GitEvent event : request.pending()) {
      boolean waits =
          catalogue
              .find(event.identifier())
              .filter(record -> record.pending.containsKey(event.id()))
              .isPresent();
      arriving.merge(event.identifier(), waits ? 0 : 1, Integer::sum);
    }
    for (Map.Entry<RepositoryIdentifier, Integer> identifier : arriving.entrySet()) {
      int waiting = catalogue.find(identifier.getKey()).map(r -> r.pending.size()).orElse(0);
      if (waiting + identifier.getValue() > settings.maxEventsPerIdentifier()
          && identifier.getValue() > 0) {
        return full(
            "purgatory.limits.events-per-identifier ("
                + settings.maxEventsPerIdentifier()
                + ") is reached",
            dueIn(identifier.getKey(), now));
      }
    }
    Set<RepositoryIdentifier> touched =
        Stream.concat(request.pending().stream(), request.known().stream())
            .map(GitEvent::identifier)
            .collect(Collectors.toSet());
    return catalogue.hasRoomFor(touched)
        ? Optional.empty()
        : full(
            "purgatory.limits.identifiers (" + settings.maxIdentifiers() + ") is reached",
            settings.backoff().base());
  }

  private Duration dueIn(RepositoryIdentifier identifier, Instant now) {
    Instant due = catalogue.find(identifier).flatMap(r -> r.entry).map(QueueEntry::due).orElse(now);
    Duration wait = Duration.between(now, due);
    return wait.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : wait;
  }

  private static Optional<EnqueueOutcome> full(String reason, Duration retryAfter) {
    return Optional.of(new EnqueueOutcome.Full(reason, retryAfter));
  }
}
