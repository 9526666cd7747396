package org.purgatory.sync.nostr;

import java.util.HashMap;
import java.util.Map;

/**
 * Union-find: which things are connected, directly or through others.
 *
 * <p>Invariant: following {@code parent} from any thing ends at its set's root, which has none.
 */
final class DisjointSets<T> {

  private final Map<T, T> parent = new HashMap<>();

  /** Connects two things, and with them all that are connected to either. */
  void join(T one, T other) {
    T root = find(one);
    T otherRoot = find(other);
    if (!root.equals(otherRoot)) {
      parent.put(otherRoot, root);
    }
  }

  /** The thing that stands for all that are connected to this one. */
  T find(T thing) {
    T current = thing;
    T next = parent.get(current);
    while (next != null) {
      // Halving the path keeps later searches short.
      T afterNext = parent.get(next);
      if (afterNext != null) {
        parent.put(current, afterNext);
      }
      current = next;
      next = afterNext;
    }
    return current;
  }
}
