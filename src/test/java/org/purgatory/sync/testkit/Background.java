package org.purgatory.sync.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Runs what may block, each on a thread of its own. The JDK's common pool has one thread on a small
 * machine, and two blocking tasks that need each other wait there for ever.
 */
public final class Background {

  private static final ExecutorService THREADS = threads("testkit");

  private Background() {}

  /** Starts something that the test goes on beside, for example a clone from a held server. */
  public static <T> CompletableFuture<T> start(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, THREADS);
  }

  /** As many threads as there are tasks; none keeps the JVM from ending. */
  static ExecutorService threads(String name) {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
