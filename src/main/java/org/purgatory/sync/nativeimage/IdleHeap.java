package org.purgatory.sync.nativeimage;

/**
 * Tells when a heap is worth a collection though nobody needs its memory: nothing else has
 * collected it lately, there is garbage in it, and to go through what is left takes but some
 * milliseconds. To be asked at intervals.
 */
final class IdleHeap {

  private static final long WORTH_IT = 2L << 20;
  private static final long QUICKLY_DONE = 32L << 20;

  private long collectionsBefore;
  private long usedAfter;

  /**
   * Whether to collect now.
   *
   * @param collections how many there were so far
   * @param used bytes, garbage included
   */
  boolean isDue(long collections, long used) {
    boolean quiet = collections == collectionsBefore;
    collectionsBefore = collections;
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
    usedAfter = used;
  }
}
