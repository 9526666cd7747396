package org.purgatory.sync.git;

import java.io.IOException;

/**
 * The memory that all fetches together may take for what cannot be streamed: lists of objects, and
 * objects that others are put together from. A server needs to send but a few bytes to claim
 * gigabytes, so that it is asked for before anything is made.
 */
final class MemoryBudget {

  /** What each fetch may take anyway: most need no more, and never fail because of others. */
  private static final long FREE = 2L << 20;

  private final long total;
  private long taken;

  /**
   * Makes a budget.
   *
   * @param total bytes
   */
  MemoryBudget(long total) {
    this.total = total;
  }

  /** Half of the heap. */
  static MemoryBudget ofThisProcess() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);
  }

  /** What one more fetch may take. To be closed. */
  Share share() {
    return new Share();
  }

  private synchronized boolean tryTake(long bytes) {
    if (taken + bytes > total) {
      return false;
    }
    taken += bytes;
    return true;
  }

  private synchronized void giveBack(long bytes) {
    taken -= bytes;
  }

  /** What one fetch has taken, until it is closed. One thread works with it. */
  final class Share implements AutoCloseable {

    private long most;

    private Share() {}

    /**
     * Makes sure that this much may be used.
     *
     * @param bytes all that the fetch uses now
     * @throws TooLargeException if it is more than there ever is
     * @throws BusyException if others have taken it
     */
    void require(long bytes) throws IOException {
      long needed = bytes - FREE;
      if (needed <= most) {
        return;
      }
      if (needed > total) {
        throw new TooLargeException("its objects do not fit into the memory here");
      }
      if (!tryTake(needed - most)) {
        throw new BusyException("other fetches have taken the memory that there is for objects");
      }
      most = needed;
    }

    @Override
    public void close() {
      giveBack(most);
      most = 0;
    }
  }
}
