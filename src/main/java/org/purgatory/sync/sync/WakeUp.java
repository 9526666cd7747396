package org.purgatory.sync.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The one timer that wakes the loop when the next identifier is due. Only the earliest time counts.
 */
final class WakeUp {

  private final Clock clock;
  private final Timer timer;
  private final Runnable task;
  private Instant at = Instant.MAX;
  private Runnable cancel = () -> {};

  WakeUp(Clock clock, Timer timer, Runnable task) {
    this.clock = clock;
    this.timer = timer;
    this.task = task;
  }

  /** Wakes the loop after a while, unless it is woken sooner anyway. */
  synchronized void in(Duration delay) {
    Instant due = clock.instant().plus(delay);
    if (due.isBefore(at)) {
      cancel.run();
      at = due;
      cancel = timer.schedule(delay, this::fire);
    }
  }

  private void fire() {
    synchronized (this) {
      at = Instant.MAX;
    }
    task.run();
  }
}
