package org.purgatory.sync.git;

import java.util.concurrent.ThreadLocalRandom;

/** What is waited before something is tried again that somebody else is in the way of. */
@FunctionalInterface
interface Pause {

  /** By chance, so that two do not meet again and again. */
  Pause RANDOM =
      () -> {
        try {
          Thread.sleep(ThreadLocalRandom.current().nextLong(20, 200));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancelledException();
        }
      };

  /** Waits. */
  void take();
}
