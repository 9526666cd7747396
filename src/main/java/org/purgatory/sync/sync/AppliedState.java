package org.purgatory.sync.sync;

import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryState;

/**
 * The state event that last decided over a repository's branches and tags. The volume remembers it,
 * whatever the store has forgotten: an older state that comes again must not roll refs back.
 *
 * @param id the event
 * @param author who signed it
 * @param createdAt its {@code created_at}, in seconds
 */
public record AppliedState(EventId id, PublicKey author, long createdAt) {

  /**
   * Whether a state comes before this one: NIP-01 has the newest count, and the lowest id on a tie.
   *
   * @param state another state, or the same one, which this does not replace
   * @return whether the other one must not be applied any more
   */
  public boolean replaces(RepositoryState state) {
    long theirs = state.event().createdAt();
    return createdAt > theirs || createdAt == theirs && id.compareTo(state.id()) < 0;
  }
}
