package org.purgatory.sync.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do: the one place in the tests where time passes by polling. */
public final class Await {

  private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

  private Await() {}

  /**
   * Waits until a condition holds, and fails the test if it does not in time.
   *
   * @param description what is waited for, as it should read behind "no"
   */
  public static void until(Duration atMost, String description, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > atMost.toNanos()) {
        throw new AssertionError("no " + description + " within " + atMost);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted while waiting for " + description);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
