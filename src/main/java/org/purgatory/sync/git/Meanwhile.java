package org.purgatory.sync.git;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
   * @param there what is done on the other thread
   * @param here what is done on this one
   * @throws IOException if either fails; nothing goes on then
   */
  static void run(Work there, Work here) throws IOException {
    CompletableFuture<Void> other = new CompletableFuture<>();
    THREADS.execute(() -> complete(other, there));
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

  private static void complete(CompletableFuture<Void> work, Work there) {
    try {
      there.run();
      work.complete(null);
    } catch (Throwable e) {
      work.completeExceptionally(e);
    }
  }

  /** Waits even if interrupted: whoever called takes away what the other one works with. */
  private static void end(CompletableFuture<Void> other) throws IOException {
    try {
      other.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
  }

  /** A piece of work. */
  interface Work {
    void run() throws IOException;
  }
}
