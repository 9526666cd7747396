package org.purgatory.sync.sync;

import java.time.Duration;

/** The throttle's answer: go, or wait. */
public sealed interface PermitDecision {

  /**
   * The fetch may start now.
   *
   * @param permit to be released when the fetch ends
   */
  record Granted(Permit permit) implements PermitDecision {}

  /**
   * The domain has no capacity for this waiter, who now stands in its line.
   *
   * @param atLeast how long that will last at the least, as far as is known
   */
  record Wait(Duration atLeast) implements PermitDecision {}
}
