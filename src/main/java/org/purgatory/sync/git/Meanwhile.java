package org.purgatory.sync.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two pieces of work at once, one of which waits for the disk for most of its time: a disk takes as
 * long for two syncs as for one.
 */
final class Meanwhile {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(DaemonThreads.named("git-sync"));

  private Meanwhile() {}

  /**
   * Works here, and meanwhile on another thread.
   *
   * @param there what waits for the disk
   * @param here what else there is to do
   * @throws IOException if either fails; nothing goes on then
   */
  static void run(Work there, Work here) throws IOException {
    Future<?> other =
        THREADS.submit(
            () -> {
              there.run();
              return null;
            });
    try {
      here.run();
    } catch (IOException | RuntimeException | Error e) {
      try {
        end(other);
      } catch (IOException | RuntimeException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
    end(other);
  }

  private static void end(Future<?> other) throws IOException {
    try {
      other.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** A piece of work. */
  interface Work {
    void run() throws IOException;
  }
}
