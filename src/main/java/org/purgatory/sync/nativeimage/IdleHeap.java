package org.purgatory.sync.nativeimage;

/**
 * Tells when a heap is worth a collection though nobody needs its memory: little was allocated
 * lately and nothing else has collected, there is garbage in it, and to go through what is left
 * takes but some milliseconds. To be asked at intervals.
 */
final class IdleHeap {

  private static final long WORTH_IT = 2L << 20;

  /** A full young generation, and what an idle sidecar keeps. */
  private static final long QUICKLY_DONE = 48L << 20;

  private final long mostAllocated;
  private long collectionsBefore;
  private long usedBefore;
  private long usedAfter;

  /**
   * Knows nothing of the heap yet.
   *
   * @param mostAllocated bytes; what allocates more between two looks is not idle
   */
  IdleHeap(long mostAllocated) {
    this.mostAllocated = mostAllocated;
  }

  /**
   * Whether to collect now.
   *
   * @param collections how many there were so far
   * @param used bytes, garbage included
   */
  boolean isDue(long collections, long used) {
    boolean quiet = collections == collectionsBefore && used - usedBefore <= mostAllocated;
    collectionsBefore = collections;
    usedBefore = used;
    return quiet && used - usedAfter >= WORTH_IT && used <= QUICKLY_DONE;
  }

  /**
   * It was collected.
   *
   * @param collections how many there were so far
   * @param used bytes that are left
   */
  void collected(long collections, long used) {
    collectionsBefore = collections;
    usedBefore = used;
    usedAfter = used;
  }
}
