package org.purgatory.sync;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.purgatory.sync.git.DaemonThreads;

/** Makes pools whose threads have telling names and do not keep the process alive. */
final class DaemonPool {

  private DaemonPool() {}

  /** A pool of a fixed size. */
  static ExecutorService fixed(String name, int threads) {
    return Executors.newFixedThreadPool(threads, DaemonThreads.named(name));
  }

  /** One thread for what happens later. What is cancelled is forgotten at once. */
  static ScheduledThreadPoolExecutor scheduled(String name) {
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name));
    pool.setRemoveOnCancelPolicy(true);
    // While the sidecar stops, connections end and parts would try again later: there is no later.
    pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    return pool;
  }
}
