package org.purgatory.sync.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleHeapTest {

  private static final long MB = 1L << 20;

  private final IdleHeap heap = new IdleHeap(Long.MAX_VALUE);

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
  void aHeapThatIsInUseIsLeftAloneUntilItIsIdle() {
    IdleHeap busy = new IdleHeap(MB);
    busy.collected(1, 4 * MB);

    assertThat(busy.isDue(1, 7 * MB)).as("3 MB since the last look").isFalse();
    assertThat(busy.isDue(1, 10 * MB)).as("another 3 MB").isFalse();
    assertThat(busy.isDue(1, 11 * MB)).isTrue();
  }

  @Test
  void littleGarbageIsNotWorthIt() {
    heap.collected(1, 4 * MB);

    assertThat(heap.isDue(1, 6 * MB - 1)).isFalse();
    assertThat(heap.isDue(1, 6 * MB)).isTrue();
  }

  @Test
  void aLargeHeapIsNotGoneThroughForNothing() {
    assertThat(heap.isDue(0, 48 * MB)).isTrue();
    assertThat(heap.isDue(0, 48 * MB + 1)).isFalse();
  }
}
