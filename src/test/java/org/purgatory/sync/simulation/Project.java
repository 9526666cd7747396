package org.purgatory.sync.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * All that is true about one identifier, whoever knows it: who names whom as maintainers, and whose
 * repositories are on the volume.
 *
 * @param identifier the identifier
 * @param maintainers whom each owner's announcement names
 * @param hosted the owners whose repositories are on the volume, and whether these have refs before
 */
record Project(
    RepositoryIdentifier identifier,
    SortedMap<PublicKey, Set<PublicKey>> maintainers,
    SortedMap<PublicKey, Boolean> hosted) {

  /** Who decides over an owner's repository once all those announcements are known. */
  Set<PublicKey> maintainersOf(PublicKey owner, Set<PublicKey> announced) {
    Set<PublicKey> reached = new TreeSet<>(Set.of(owner));
    Deque<PublicKey> unvisited = new ArrayDeque<>(reached);
    while (!unvisited.isEmpty()) {
      PublicKey next = unvisited.remove();
      if (announced.contains(next)) {
        maintainers.getOrDefault(next, Set.of()).stream()
            .filter(reached::add)
            .forEach(unvisited::add);
      }
    }
    return reached;
  }
}
