package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  private static final long FREE = 2L << 20;

  private final MemoryBudget budget = new MemoryBudget(1000);

  @Test
  void moreThanThereEverIsIsTooLarge() throws Exception {
    try (MemoryBudget.Share share = budget.share()) {
      share.require(FREE + 1000);
      assertThatThrownBy(() -> share.require(FREE + 1001)).isInstanceOf(TooLargeException.class);
    }
  }

  @Test
  void whatOthersHaveTakenCannotBeTakenUntilTheyGiveItBack() throws Exception {
    try (MemoryBudget.Share share = budget.share()) {
      try (MemoryBudget.Share other = budget.share()) {
        other.require(FREE + 600);
        other.require(FREE + 100);
        share.require(FREE + 400);
        assertThatThrownBy(() -> share.require(FREE + 401))
            .isInstanceOf(BusyException.class)
            .isNotInstanceOf(TooLargeException.class);
      }
      share.require(FREE + 1000);
    }
  }

  @Test
  void littleCanBeHadThoughOthersHaveTakenEverything() throws Exception {
    try (MemoryBudget.Share share = budget.share();
        MemoryBudget.Share other = budget.share()) {
      other.require(FREE + 1000);
      assertThatCode(() -> share.require(FREE)).doesNotThrowAnyException();
    }
  }

  @Test
  void whatIsGivenBackTwiceIsThereOnce() throws Exception {
    MemoryBudget.Share share = budget.share();
    share.require(FREE + 1000);
    share.close();
    share.close();
    MemoryBudget.Share other = budget.share();
    other.require(FREE + 1000);
    assertThatThrownBy(() -> share.require(FREE + 1)).isInstanceOf(BusyException.class);
  }
}
