package org.purgatory.sync.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Git answers every request, after a while. */
record Slow(Duration delay) implements Behaviour {

  @Override
  public boolean settles(Visit visit) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    return false;
  }
}
