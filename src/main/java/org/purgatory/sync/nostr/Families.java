package org.purgatory.sync.nostr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The families among announcements of one identifier. Two announcements belong to one family if one
 * names the other's author, if both name the same key, or if others connect them so.
 */
public final class Families {

  private Families() {}

  /**
   * Sorts announcements into families.
   *
   * @param announcements any announcements of one identifier; of several by one author the one that
   *     replaces the others counts (NIP-01)
   * @return their families, by their representatives
   * @throws IllegalArgumentException if they are of different identifiers
   */
  public static List<Family> of(Collection<Announcement> announcements) {
    if (announcements.stream().map(Announcement::identifier).distinct().count() > 1) {
      throw new IllegalArgumentException("announcements of different identifiers");
    }
    SortedMap<PublicKey, Announcement> newest = new TreeMap<>();
    announcements.forEach(
        a -> newest.merge(a.author(), a, BinaryOperator.maxBy(GitEvent.REPLACEMENT_ORDER)));

    DisjointSets<PublicKey> connected = new DisjointSets<>();
    newest.forEach((author, a) -> a.maintainers().forEach(key -> connected.join(author, key)));

    Map<PublicKey, SortedMap<PublicKey, Announcement>> grouped = new HashMap<>();
    newest.forEach(
        (author, a) ->
            grouped.computeIfAbsent(connected.find(author), k -> new TreeMap<>()).put(author, a));

    List<Family> families = new ArrayList<>();
    for (SortedMap<PublicKey, Announcement> group : grouped.values()) {
      families.add(new Family(group.get(group.firstKey()).identifier(), group));
    }
    families.sort(Comparator.comparing(Family::representative));
    return families;
  }
}
