package org.purgatory.sync.sync;

import java.time.Duration;

/** The throttle's answer: go, wait, or do not. */
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

  /**
   * The server could not be reached lately, and is not tried for a while. The waiter got no place
   * in the domain's line; one that it has had before is still its own.
   *
   * @param atLeast how long that will last at the least; zero while somebody tries
   * @param cause what failed
   */
  record Blocked(Duration atLeast, CircuitCause cause) implements PermitDecision {}
}
