package org.purgatory.sync.sync;

import java.time.Duration;

/**
 * When an identifier is due again after a run.
 *
 * @param in how long from now, not negative
 * @param attemptCount how many runs ended in vain since an event last arrived; 0 if one arrived
 *     during the run
 */
public record NextRun(Duration in, int attemptCount) {}
