package org.purgatory.sync.git;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the process alive, with names that tell what they are for. */
final class DaemonThreads {

  private DaemonThreads() {}

  static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + '-' + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
