package org.purgatory.sync.nostr;

import java.util.*;

public final class Families {
  private Families() {}

  public static List<Family> of(Collection<Announcement> as) {
    if (as.isEmpty()) return List.of();
    SortedMap<PublicKey, Announcement> m = new TreeMap<>();
    as.forEach(a -> m.put(a.author(), a));
    return List.of(new Family(as.iterator().next().identifier(), m));
  }
}
