package org.purgatory.sync.git;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the process alive, with names that tell what they are for. */
public final class DaemonThreads {

  private DaemonThreads() {}

  /**
   * Makes a factory of such threads.
   *
   * @param name what they are for; each gets a number besides
   * @return to be given to a pool
   */
  public static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + '-' + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
