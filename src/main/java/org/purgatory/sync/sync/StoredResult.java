package org.purgatory.sync.sync;

/**
 * A result at its place in the group's order.
 *
 * @param position the place
 * @param result the result
 */
public record StoredResult(ResultPosition position, SyncResult result) {}
