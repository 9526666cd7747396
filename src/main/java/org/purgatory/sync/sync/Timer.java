package org.purgatory.sync.sync;

import java.time.Duration;

/** Port to the passing of time: runs something later. */
public interface Timer {

  /**
   * Runs a task once.
   *
   * @param delay how long from now, not negative
   * @param task what to run; must return at once
   * @return cancels the task if it has not run; one without a delay may run anyway
   */
  Runnable schedule(Duration delay, Runnable task);
}
