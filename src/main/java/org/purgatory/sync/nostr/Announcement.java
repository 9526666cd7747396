package org.purgatory.sync.nostr;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A repository announcement (kind 30617, NIP-34): its author owns a repository of this identifier,
 * names its maintainers and says where it can be cloned.
 *
 * @param event the event
 * @param identifier its {@code d} tag
 * @param maintainers whom the author names, the author left out, in the keys' order
 * @param cloneUrls where objects can be fetched from, in the author's order
 * @param unusableUrls clone URLs that cannot be used here, with the reason
 */
public record Announcement(
    NostrEvent event,
    RepositoryIdentifier identifier,
    Set<PublicKey> maintainers,
    List<CloneUrl> cloneUrls,
    List<UnusableUrl> unusableUrls)
    implements GitEvent {

  /** The kind of announcements. */
  public static final int KIND = 30617;

  /** Copies the collections. The order is kept or sorted, so that every run sees the same. */
  public Announcement {
    maintainers = Collections.unmodifiableSortedSet(new TreeSet<>(maintainers));
    cloneUrls = List.copyOf(cloneUrls);
    unusableUrls = List.copyOf(unusableUrls);
  }

  @Override
  public Set<Oid> oids() {
    return Set.of();
  }
}
