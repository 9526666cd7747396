package org.purgatory.sync.grpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.GitEvents;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.v1.EnqueueSyncRequest;

/**
 * Reads EnqueueSync requests, whole or not at all. Checking signatures takes a while, so not on a
 * thread that must not block.
 */
final class EnqueueReader {

  private final GitEvents events;
  private final GrpcSettings settings;

  EnqueueReader(GitEvents events, GrpcSettings settings) {
    this.events = events;
    this.settings = settings;
  }

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  EnqueueCall read(EnqueueSyncRequest request) {
    return new Reading().read(request);
  }

  /** One request on its way: what is wrong so far, and where each id stood first. */
  private final class Reading {

    private record Place(String field, GitEvent event) {}

    private final Violations violations = new Violations();
    private final Map<EventId, Place> places = new HashMap<>();

    EnqueueCall read(EnqueueSyncRequest request) {
      List<GitEvent> pending = list("pending_events", request.getPendingEventsList(), events::read);
      List<GitEvent> known = list("known_events", request.getKnownEventsList(), this::readKnown);
      Optional<Duration> delay = violations.read("delay", () -> delay(request));
      violations.refuseIfAny();
      Enqueue enqueue =
          new Enqueue(once(pending), once(known), delay.orElseThrow(), request.getReadmit());
      return new EnqueueCall(enqueue, pending.stream().map(GitEvent::id).toList());
    }

    private Duration delay(EnqueueSyncRequest request) {
      return request.hasDelay()
          ? Delays.read(request.getDelay(), settings.maxDelay())
          : settings.defaultDelay();
    }

    private List<GitEvent> list(
        String name, List<String> texts, Function<String, GitEvent> reading) {
      List<GitEvent> list = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        String field = name + "[" + i + "]";
        violations.read(field, () -> checked(field, reading.apply(text))).ifPresent(list::add);
      }
      return list;
    }

    private GitEvent readKnown(String text) {
      GitEvent event = events.read(text);
      if (event instanceof PullRequest) {
        throw new InvalidValueException(
            "only announcements (30617) and states (30618) can be known, not events of kind "
                + event.event().kind());
      }
      return event;
    }

    /** The id covers all but the signature, of which there may be many valid ones. */
    private GitEvent checked(String field, GitEvent event) {
      Place first = places.computeIfAbsent(event.id(), id -> new Place(field, event));
      if (!first.event().equals(event)) {
        throw new InvalidValueException(
            "repeats the id of %s with other content".formatted(first.field()));
      }
      return event;
    }

    private List<GitEvent> once(List<GitEvent> events) {
      return List.copyOf(new LinkedHashSet<>(events));
    }
  }
}
