package org.purgatory.sync.sync;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryState;

/**
 * The events of one identifier as NIP-01 and NIP-34 sort them. What waits or is dormant counts as
 * what is served does; otherwise neither a waiting announcement nor its state could ever be
 * released.
 */
final class EventsAtHand {

  private final List<GitEvent> pending;
  private final Set<EventId> pendingIds;
  private final Set<EventId> dormantIds;
  private final Map<PublicKey, Announcement> announcements;
  private final Map<PublicKey, RepositoryState> states;

  EventsAtHand(Work work) {
    this.pending = work.pending().stream().map(PendingEvent::event).toList();
    this.pendingIds = pending.stream().map(GitEvent::id).collect(Collectors.toSet());
    this.dormantIds = work.dormant().stream().map(GitEvent::id).collect(Collectors.toSet());
    this.announcements = newestByAuthor(work, Announcement.class);
    this.states = newestByAuthor(work, RepositoryState.class);
  }

  /** What waits, in the order of its arrival. */
  List<GitEvent> pending() {
    return pending;
  }

  boolean isPending(GitEvent event) {
    return pendingIds.contains(event.id());
  }

  /** Whether it is an announcement that expired, and may be released nevertheless. */
  boolean isDormant(GitEvent event) {
    return dormantIds.contains(event.id());
  }

  <E extends GitEvent> Stream<E> pendingOf(Class<E> type) {
    return pending.stream().filter(type::isInstance).map(type::cast);
  }

  /** The newest announcement of each author, in the authors' order. */
  Map<PublicKey, Announcement> announcements() {
    return announcements;
  }

  /** The newest state of each of some authors, as far as they have one. */
  Stream<RepositoryState> statesOf(Set<PublicKey> authors) {
    return states.values().stream().filter(state -> authors.contains(state.author()));
  }

  /** The newest state of a maintainer set. One without refs decides nothing. */
  Optional<RepositoryState> newestOf(Set<PublicKey> maintainers) {
    return statesOf(maintainers)
        .filter(state -> !state.refs().isEmpty())
        .max(GitEvent.REPLACEMENT_ORDER);
  }

  /** The event of the same author and kind that replaces an event, if there is one. */
  Optional<GitEvent> replacementOf(GitEvent event) {
    return Stream.of(announcements.get(event.author()), states.get(event.author()))
        .filter(newest -> newest != null && newest.getClass() == event.getClass())
        .filter(newest -> !newest.id().equals(event.id()))
        .map(GitEvent.class::cast)
        .findFirst();
  }

  private static <E extends GitEvent> Map<PublicKey, E> newestByAuthor(Work work, Class<E> type) {
    Stream<GitEvent> waiting = work.pending().stream().map(PendingEvent::event);
    return Stream.of(work.known().stream(), work.dormant().stream(), waiting)
        .flatMap(Function.identity())
        .filter(type::isInstance)
        .map(type::cast)
        .collect(
            Collectors.toMap(
                GitEvent::author,
                Function.identity(),
                BinaryOperator.maxBy(GitEvent.REPLACEMENT_ORDER),
                TreeMap::new));
  }
}
