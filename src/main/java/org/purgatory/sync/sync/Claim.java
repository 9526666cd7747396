package org.purgatory.sync.sync;

import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * The right to run one identifier: a lease that must be renewed.
 *
 * @param identifier whose run it is
 * @param fencingToken larger than that of every earlier claim, so that a run that lost its lease
 *     can be told from the one that holds it now
 */
public record Claim(RepositoryIdentifier identifier, long fencingToken) {}
