package org.purgatory.sync.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps requests waiting until it is released; then git answers them. What a test does between
 * {@link #awaitArrival} and {@link #release} happens in the middle of a fetch.
 */
public final class Hold implements Behaviour, AutoCloseable {

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  Hold() {}

  @Override
  public boolean settles(Visit visit) throws InterruptedException {
    arrived.countDown();
    released.await();
    return false;
  }

  /** Waits until a request is held; fails the test if none comes in time. */
  public void awaitArrival(Duration atMost) {
    try {
      if (!arrived.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("no request came within " + atMost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a request", e);
    }
  }

  /** Lets the held requests go on, and later ones through. */
  public void release() {
    released.countDown();
  }

  @Override
  public void close() {
    release();
  }
}
