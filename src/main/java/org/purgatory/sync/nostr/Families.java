package org.purgatory.sync.nostr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The families among announcements of one identifier. Two announcements belong to one family if one
 * names the other's author, if both name the same key, or if others connect them so.
 */
public final class Families {

  private final List<Family> families;
  private final Map<PublicKey, Family> byMember;

  private Families(List<Family> families) {
    this.families = List.copyOf(families);
    this.byMember = new HashMap<>();
    families.forEach(family -> family.members().forEach(member -> byMember.put(member, family)));
  }

  /**
   * Sorts announcements into families.
   *
   * @param announcements any announcements of one identifier; of several by one author the one that
   *     replaces the others counts (NIP-01)
   * @return their families
   * @throws IllegalArgumentException if they are of different identifiers
   */
  public static Families of(Collection<Announcement> announcements) {
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
    return new Families(families);
  }

  /**
   * All the families.
   *
   * @return the families, by their representatives
   */
  public List<Family> all() {
    return families;
  }

  /**
   * The family that a key belongs to, as an owner or because an owner names it.
   *
   * @param member any key
   * @return its family, of which there is at most one; empty for a stranger
   */
  public Optional<Family> familyOf(PublicKey member) {
    return Optional.ofNullable(byMember.get(member));
  }
}
