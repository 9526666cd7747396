package org.purgatory.sync;

import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.purgatory.sync.sync.Timer;

/** The threads that the parts work on, besides the framework's and those of the fetches. */
@Singleton
public class Threads {

  private static final Logger LOG = System.getLogger(Threads.class.getName());
  private static final int STEPS = 4;

  /** How long a stop waits for what is being written to the relay's repositories. */
  static final long LAST_WORK_SECONDS = 10;

  private final ExecutorService stepPool = DaemonPool.fixed("sync-step", STEPS);
  private final ExecutorService volumePool =
      DaemonPool.fixed("git-volume", Math.max(4, Runtime.getRuntime().availableProcessors()));
  private final Executor steps = new SameThread(stepPool);
  private final Executor volume = new SameThread(volumePool);
  private final ScheduledThreadPoolExecutor timer = DaemonPool.scheduled("sync-timer");

  /** Where runs decide what to do next. They never block there. See {@link SameThread}. */
  Executor steps() {
    return steps;
  }

  /** Where the relay's repositories are read and written. See {@link SameThread}. */
  Executor volume() {
    return volume;
  }

  /** What wakes the loop and the throttle. */
  Timer timer() {
    return this::schedule;
  }

  /** Lets the work on the relay's repositories come to its end, and ends all threads. */
  void stop() {
    timer.shutdownNow();
    volumePool.shutdown();
    try {
      if (!volumePool.awaitTermination(LAST_WORK_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "Work on the relay''s repositories was broken off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    volumePool.shutdownNow();
    stepPool.shutdownNow();
  }

  private Runnable schedule(Duration delay, Runnable task) {
    if (delay.isZero() && !timer.isShutdown()) {
      // What is due need not go by the timer's thread.
      steps.execute(task);
      return () -> {};
    }
    Future<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
