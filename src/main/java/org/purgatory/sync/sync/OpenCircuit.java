package org.purgatory.sync.sync;

import java.time.Instant;
import org.purgatory.sync.nostr.Origin;

/**
 * A server that is not tried for a while.
 *
 * @param origin the server
 * @param cause what failed
 * @param until when it may be tried again, by the store's clock
 */
public record OpenCircuit(Origin origin, CircuitCause cause, Instant until) {}
