package org.purgatory.sync.nostr;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The announcements of one identifier that are connected through the maintainers they name. Only
 * within a family are clone URLs and objects shared. Immutable, and everything in it has a fixed
 * order.
 *
 * @param identifier the identifier of all the announcements
 * @param announcements each owner's newest announcement; never empty
 */
public record Family(
    RepositoryIdentifier identifier, SortedMap<PublicKey, Announcement> announcements) {

  /**
   * Copies the announcements.
   *
   * @throws IllegalArgumentException if there is none, or one is filed under a stranger or is of
   *     another identifier
   */
  public Family {
    announcements = Collections.unmodifiableSortedMap(new TreeMap<>(announcements));
    for (var entry : announcements.entrySet()) {
      if (!entry.getKey().equals(entry.getValue().author())
          || !identifier.equals(entry.getValue().identifier())) {
        throw new IllegalArgumentException("an announcement that does not belong in this family");
      }
    }
    if (announcements.isEmpty()) {
      throw new IllegalArgumentException("a family has at least one announcement");
    }
  }

  /**
   * Who announced a repository.
   *
   * @return the announcements' authors
   */
  public SortedSet<PublicKey> owners() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(announcements.keySet()));
  }

  /**
   * Who decides over an owner's repository.
   *
   * @param owner the owner
   * @return the owner, and all whom its announcement names directly or through the announcements of
   *     those it names; the owner alone if it announced nothing here
   */
  public SortedSet<PublicKey> maintainersOf(PublicKey owner) {
    return Collections.unmodifiableSortedSet(Maintainers.of(owner, announcements));
  }

  /**
   * Where objects can be fetched from.
   *
   * @return every announcement's clone URLs in its author's order, the owners in their keys' order,
   *     each URL once
   */
  public List<CloneUrl> cloneUrls() {
    Set<CloneUrl> urls = new LinkedHashSet<>();
    announcements.values().forEach(announcement -> urls.addAll(announcement.cloneUrls()));
    return List.copyOf(urls);
  }

  /**
   * The owner that the family is known by.
   *
   * @return the smallest owner key: the same for as long as the same owners belong together
   */
  public PublicKey representative() {
    return announcements.firstKey();
  }
}
