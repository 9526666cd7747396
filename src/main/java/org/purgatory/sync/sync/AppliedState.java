package org.purgatory.sync.sync;

import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.PublicKey;

/**
 * The state event that last decided over a repository's branches and tags. The volume remembers it,
 * whatever the store has forgotten: an older state that comes again must not roll refs back.
 *
 * @param id the event
 * @param author who signed it
 * @param createdAt its {@code created_at}, in seconds
 */
public record AppliedState(EventId id, PublicKey author, long createdAt) {}
