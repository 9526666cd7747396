package org.purgatory.sync.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether there was anything to bring forward.
 *
 * @param pendingEvents how many events of the identifier wait
 * @param nextAttempt when the identifier is due; empty if no event of it waits
 */
public record TriggerOutcome(int pendingEvents, Optional<Instant> nextAttempt) {}
