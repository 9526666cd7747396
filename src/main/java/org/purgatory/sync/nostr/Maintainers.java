package org.purgatory.sync.nostr;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

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
    SortedSet<PublicKey> reached = new TreeSet<>(Set.of(owner));
    Deque<PublicKey> unvisited = new ArrayDeque<>(reached);
    while (!unvisited.isEmpty()) {
      Announcement own = announcements.get(unvisited.remove());
      if (own != null) {
        own.maintainers().stream().filter(reached::add).forEach(unvisited::add);
      }
    }
    return reached;
  }
}
