package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.Optional;

/**
 * A permit, and what is known of the fetch under it.
 *
 * @param permit the permit
 * @param arrivedAgo how long ago the server received the fetch's first request; empty if nothing is
 *     known of that yet
 */
public record PermitUse(Permit permit, Optional<Duration> arrivedAgo) {}
