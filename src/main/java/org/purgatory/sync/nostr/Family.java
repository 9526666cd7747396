package org.purgatory.sync.nostr;

import java.util.*;

public record Family(
    RepositoryIdentifier identifier, SortedMap<PublicKey, Announcement> announcements) {
  public SortedSet<PublicKey> owners() {
    return new TreeSet<>(announcements.keySet());
  }

  public PublicKey representative() {
    return announcements.firstKey();
  }

  public List<CloneUrl> cloneUrls() {
    return announcements.values().stream().flatMap(a -> a.cloneUrls().stream()).distinct().toList();
  }

  public SortedSet<PublicKey> maintainersOf(PublicKey owner) {
    SortedSet<PublicKey> seen = new TreeSet<>();
    Deque<PublicKey> todo = new ArrayDeque<>(List.of(owner));
    while (!todo.isEmpty()) {
      PublicKey k = todo.poll();
      if (seen.add(k) && announcements.containsKey(k))
        todo.addAll(announcements.get(k).maintainers());
    }
    return seen;
  }
}
