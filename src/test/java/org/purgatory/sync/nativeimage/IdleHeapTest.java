package org.purgatory.sync.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleHeapTest {

  private static final long MB = 1L << 20;

  private final IdleHeap heap = new IdleHeap();

  @Test
  void whatAStartLeavesBehindIsCollectedOnceItIsQuiet() {
    assertThat(heap.isDue(2, 20 * MB)).as("collected a moment ago").isFalse();
    assertThat(heap.isDue(2, 24 * MB)).isTrue();
  }

  @Test
  void aHeapThatIsCollectedAnywayIsLeftAlone() {
    for (int collections = 1; collections < 10; collections++) {
      assertThat(heap.isDue(collections, 20 * MB)).isFalse();
    }
  }

  @Test
  void littleGarbageIsNotWorthIt() {
    heap.collected(1, 4 * MB);

    assertThat(heap.isDue(1, 6 * MB - 1)).isFalse();
    assertThat(heap.isDue(1, 6 * MB)).isTrue();
  }

  @Test
  void aLargeHeapIsNotGoneThroughForNothing() {
    assertThat(heap.isDue(0, 32 * MB)).isTrue();
    assertThat(heap.isDue(0, 32 * MB + 1)).isFalse();
  }
}
