package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/** What happens at a certain time, whatever else is going on. */
sealed interface Action {

  /** When, counted from the beginning. */
  Duration at();

  /** A relay hands events in. */
  record HandIn(
      Duration at, List<GitEvent> pending, List<GitEvent> known, Duration delay, boolean readmit)
      implements Action {
    @Override
    public String toString() {
      return "HandIn[at=%s, pending=%s, known=%s, delay=%s%s]"
          .formatted(at, names(pending), names(known), delay, readmit ? ", readmit" : "");
    }
  }

  /** A relay triggers an identifier. */
  record Trigger(Duration at, RepositoryIdentifier identifier, Duration delay) implements Action {}

  /** A relay withdraws events. */
  record Cancel(Duration at, List<GitEvent> events) implements Action {
    @Override
    public String toString() {
      return "Cancel[at=%s, events=%s]".formatted(at, names(events));
    }
  }

  /** Somebody pushes objects into a repository on the volume, and the relay triggers. */
  record Push(Duration at, RepositoryIdentifier identifier, PublicKey owner, Set<Oid> objects)
      implements Action {}

  /** Somebody pushes objects to another server. */
  record Gain(Duration at, CloneUrl url, Set<Oid> objects) implements Action {}

  /** A server's mood changes. */
  record MoodSwing(Duration at, CloneUrl url, Server.Mood mood) implements Action {}

  /** A replica dies, and is started again after a while. */
  record Crash(Duration at, int replica, Duration downFor) implements Action {}

  /** A replica stands still. */
  record Pause(Duration at, int replica, Duration length) implements Action {}

  /** The store cannot be reached. */
  record Outage(Duration at, Duration length) implements Action {}

  /** Short names of events. */
  static String names(List<? extends GitEvent> events) {
    return events.stream().map(Action::name).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A short name of an event: its kind, the end of its id, its author, identifier and objects. */
  static String name(GitEvent event) {
    return "%s-%s by %s t%d %s%s"
        .formatted(
            event.getClass().getSimpleName(),
            event.id().hex().substring(60),
            event.author().hex().substring(60),
            event.event().createdAt(),
            event.identifier(),
            event.oids().stream().map(oid -> oid.hex().substring(35)).sorted().toList());
  }
}
