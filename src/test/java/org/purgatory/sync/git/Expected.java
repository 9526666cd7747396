package org.purgatory.sync.git;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;

/** What NIP-34 and NIP-01 say about a relay's repositories, in the plainest words. */
final class Expected {

  private static final Comparator<GitEvent> NEWNESS =
      Comparator.<GitEvent>comparingLong(e -> e.event().createdAt())
          .thenComparing(e -> e.id().hex(), Comparator.reverseOrder());

  private final List<Announcement> announcements = new ArrayList<>();
  private final List<RepositoryState> states = new ArrayList<>();

  /** From events, those left out that were rejected and so are no more. */
  Expected(Collection<GitEvent> events) {
    for (GitEvent event : events) {
      if (event instanceof Announcement announcement) {
        announcements.add(announcement);
      } else if (event instanceof RepositoryState state) {
        states.add(state);
      }
    }
  }

  static boolean isNewer(GitEvent one, GitEvent other) {
    return NEWNESS.compare(one, other) > 0;
  }

  /** The owner and whom its newest announcement names, and so on; nobody without one. */
  Set<PublicKey> maintainersOf(PublicKey owner) {
    Map<PublicKey, Announcement> newest = newestByAuthor(announcements);
    Set<PublicKey> maintainers = new HashSet<>();
    List<PublicKey> todo = new ArrayList<>();
    if (newest.containsKey(owner)) {
      todo.add(owner);
    }
    while (!todo.isEmpty()) {
      PublicKey next = todo.remove(0);
      if (maintainers.add(next) && newest.containsKey(next)) {
        todo.addAll(newest.get(next).maintainers());
      }
    }
    return maintainers;
  }

  /** The state that a repository is in when all is done. */
  Optional<RepositoryState> stateOf(PublicKey owner) {
    Set<PublicKey> maintainers = maintainersOf(owner);
    return newestByAuthor(states).values().stream()
        .filter(state -> maintainers.contains(state.author()) && !state.refs().isEmpty())
        .max(NEWNESS);
  }

  /** The branches and tags of a repository. */
  Map<String, String> refsOf(PublicKey owner) {
    Map<String, String> refs = new TreeMap<>();
    stateOf(owner)
        .ifPresent(
            state ->
                state.event().tags().stream()
                    .filter(tag -> tag.get(0).startsWith("refs/") && !tag.get(0).endsWith("^{}"))
                    .forEach(tag -> refs.put(tag.get(0), tag.get(1))));
    return refs;
  }

  /** Whether a maintainer of a repository says that nothing is to be expected there. */
  boolean tracksNothing(PublicKey owner) {
    Set<PublicKey> maintainers = maintainersOf(owner);
    return newestByAuthor(states).values().stream()
        .anyMatch(state -> maintainers.contains(state.author()) && state.refs().isEmpty());
  }

  boolean concerns(PullRequest request, PublicKey owner) {
    Set<PublicKey> maintainers = maintainersOf(owner);
    return request.owners().stream().anyMatch(maintainers::contains);
  }

  private static <E extends GitEvent> Map<PublicKey, E> newestByAuthor(List<E> events) {
    Map<PublicKey, E> newest = new HashMap<>();
    for (E event : events) {
      E before = newest.get(event.author());
      if (before == null || isNewer(event, before)) {
        newest.put(event.author(), event);
      }
    }
    return newest;
  }
}
