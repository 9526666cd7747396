package org.purgatory.sync.nostr;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A pull request, a pull-request update, or a patch that names its commit (kinds 1618, 1619 and
 * 1617, NIP-34): a commit that relays serve under {@code refs/nostr/<event id>}.
 *
 * @param event the event
 * @param identifier the identifier of the repositories that it is for
 * @param owners the owners of the repositories that it is for: those of its {@code a} tags, in the
 *     keys' order
 * @param tip the commit of its {@code c} tag
 * @param cloneUrls where the commit can be fetched from, in the author's order
 * @param unusableUrls clone URLs that cannot be used here, with the reason
 */
public record PullRequest(
    NostrEvent event,
    RepositoryIdentifier identifier,
    Set<PublicKey> owners,
    Oid tip,
    List<CloneUrl> cloneUrls,
    List<UnusableUrl> unusableUrls)
    implements GitEvent {

  /** The kind of patches. Only those with a {@code c} tag wait for git data. */
  public static final int PATCH_KIND = 1617;

  /** The kind of pull requests. */
  public static final int KIND = 1618;

  /** The kind of pull-request updates. */
  public static final int UPDATE_KIND = 1619;

  /** Copies the collections. The order is kept or sorted, so that every run sees the same. */
  public PullRequest {
    owners = Collections.unmodifiableSortedSet(new TreeSet<>(owners));
    cloneUrls = List.copyOf(cloneUrls);
    unusableUrls = List.copyOf(unusableUrls);
  }

  @Override
  public Set<Oid> oids() {
    return Set.of(tip);
  }
}
