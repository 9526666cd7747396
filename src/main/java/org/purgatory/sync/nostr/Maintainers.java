package org.purgatory.sync.nostr;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who maintains whose repository, among announcements of one identifier. An owner's announcement
 * names maintainers, whose own announcements name further ones; cycles end.
 */
final class Maintainers {

  private Maintainers() {}

  /**
   * The maintainers of an owner's repository.
   *
   * @param owner the owner
   * @param announcements the announcements of one identifier by their authors
   * @return the owner, and all whom its announcement names directly or through others
   */
  static SortedSet<PublicKey> of(PublicKey owner, Map<PublicKey, Announcement> announcements) {
    return closure(
        owner,
        key -> {
          Announcement own = announcements.get(key);
          return own == null ? Collections.emptySet() : own.maintainers();
        });
  }

  /**
   * The owners whose maintainers include a key: the same relation from its other end, so that one
   * search answers it.
   *
   * @param author any key
   * @param announcements the announcements of one identifier by their authors
   * @return the authors of announcements that name the key directly or through others, and the key
   *     itself if it has announced
   */
  static SortedSet<PublicKey> ownersMaintainedBy(
      PublicKey author, Map<PublicKey, Announcement> announcements) {
    SortedSet<PublicKey> owners =
        closure(
            author,
            key ->
                announcements.values().stream()
                    .filter(announcement -> announcement.maintainers().contains(key))
                    .map(Announcement::author)
                    .toList());
    owners.retainAll(announcements.keySet());
    return owners;
  }

  private static SortedSet<PublicKey> closure(
      PublicKey start, Function<PublicKey, Iterable<PublicKey>> next) {
    SortedSet<PublicKey> reached = new TreeSet<>();
    Deque<PublicKey> unvisited = new ArrayDeque<>();
    reached.add(start);
    unvisited.add(start);
    while (!unvisited.isEmpty()) {
      for (PublicKey key : next.apply(unvisited.remove())) {
        if (reached.add(key)) {
          unvisited.add(key);
        }
      }
    }
    return reached;
  }
}
