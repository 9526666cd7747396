package org.purgatory.sync.git;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment when a piece of work has to be over. */
final class Deadline {

  private final LongSupplier nanoTime;
  private final long start;
  private final long length;

  /**
   * Begins now.
   *
   * @param nanoTime as {@link System#nanoTime()}
   * @param length how long the work may take
   */
  Deadline(LongSupplier nanoTime, Duration length) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.length = length.toNanos();
  }

  boolean isOver() {
    return nanoTime.getAsLong() - start >= length;
  }
}
