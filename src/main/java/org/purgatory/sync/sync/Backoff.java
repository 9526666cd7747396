package org.purgatory.sync.sync;

import java.time.Duration;

/**
 * How long an identifier waits after a run that left events behind: the base, doubled with each
 * further attempt, up to the most.
 *
 * @param base the wait after the first attempt, more than zero
 * @param most the longest wait, at least the base
 */
public record Backoff(Duration base, Duration most) {

  /** Checks the bounds. */
  public Backoff {
    if (base.isNegative() || base.isZero() || most.compareTo(base) < 0) {
      throw new IllegalArgumentException("backoff must be 0 < base <= most");
    }
  }

  /**
   * The wait after so many attempts.
   *
   * @param attempts how many attempts were made, at least 1
   * @return the wait
   */
  public Duration after(int attempts) {
    Duration wait = base;
    for (int i = 1; i < attempts && wait.compareTo(most) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(most) < 0 ? wait : most;
  }
}
