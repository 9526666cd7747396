package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.repo;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

class ResultTailTest {

  private static final int MOST = 5;
  private static final int BYTES_EACH = 100;

  private final ResultTail tail = new ResultTail(MOST, 1000);

  @Test
  void answersNothingBeforeItsFirstPage() {
    assertThat(tail.end()).isEmpty();
    assertThat(tail.read(at(0), 9)).isEmpty();
  }

  @Test
  void beginsAtTheNewestPlace() {
    assertThat(tail.take(page("a", 0, 7))).isTrue();
    assertThat(tail.end()).contains(at(7));
    assertThat(tail.read(at(7), 9)).contains(List.of());
    assertThat(tail.read(at(6), 9)).as("before its start").isEmpty();
    assertThat(tail.read(at(8), 9)).as("behind its end").isEmpty();
  }

  @Test
  void answersFromAnyPlaceInside() {
    tail.take(page("a", 0, 7));
    assertThat(tail.take(page("a", 0, 9, 8, 9))).isTrue();
    assertThat(tail.read(at(7), 9)).contains(List.of(result(8), result(9)));
    assertThat(tail.read(at(7), 1)).contains(List.of(result(8)));
    assertThat(tail.read(at(8), 9)).contains(List.of(result(9)));
    assertThat(tail.take(page("a", 0, 9))).as("nothing new").isFalse();
  }

  @Test
  void keepsOnlySoManyResults() {
    tail.take(page("a", 0, 0));
    tail.take(page("a", 0, 8, 1, 2, 3, 4, 5, 6, 7, 8));
    assertThat(tail.read(at(2), 9)).isEmpty();
    assertThat(tail.read(at(3), 9).orElseThrow()).hasSize(MOST);
  }

  @Test
  void keepsOnlySoManyBytes() {
    ResultTail small = new ResultTail(100, 3 * BYTES_EACH);
    small.take(page("a", 0, 0));
    small.take(page("a", 0, 4, 1, 2, 3, 4));
    assertThat(small.read(at(0), 9)).isEmpty();
    assertThat(small.read(at(1), 9).orElseThrow()).hasSize(3);
  }

  @Test
  void forgetsWhatWasTrimmed() {
    tail.take(page("a", 0, 0));
    tail.take(page("a", 0, 3, 1, 2, 3));
    tail.take(page("a", 2, 3));
    assertThat(tail.read(at(1), 9)).isEmpty();
    assertThat(tail.read(at(2), 9)).contains(List.of(result(3)));
  }

  @Test
  void beginsAnewWhenTheDatabaseWasEmptied() {
    tail.take(page("a", 0, 0));
    tail.take(page("a", 0, 3, 1, 2, 3));
    assertThat(tail.take(page("b", 10, 12, 11, 12))).isTrue();
    assertThat(tail.read(at(3), 9)).as("what was lost may have been behind it").isEmpty();
    assertThat(tail.end()).contains(at(12));
  }

  @Test
  void beginsAnewWhenResultsWereDroppedUnread() {
    tail.take(page("a", 0, 3));
    assertThat(tail.take(page("a", 5, 6, 6))).isTrue();
    assertThat(tail.read(at(3), 9)).isEmpty();
    assertThat(tail.end()).contains(at(6));
  }

  /** A failover may take Redis back to before what was read. */
  @Test
  void beginsAnewWhenItIsAheadOfEverything() {
    tail.take(page("a", 0, 5));
    assertThat(tail.take(page("a", 0, 4))).isTrue();
    assertThat(tail.read(at(5), 9)).isEmpty();
    assertThat(tail.end()).contains(at(4));
  }

  @Test
  void answersNothingAfterItWasDropped() {
    tail.take(page("a", 0, 5));
    tail.drop();
    assertThat(tail.end()).isEmpty();
    assertThat(tail.read(at(5), 9)).isEmpty();
    assertThat(tail.take(page("a", 0, 6))).isTrue();
  }

  private static ResultPosition at(long number) {
    return new ResultPosition(1, number);
  }

  private static StoredResult result(long number) {
    return new StoredResult(
        at(number),
        new SyncResult(
            repo("r"), SyncOutcome.SATISFIED, List.of(), List.of(), 1, Instant.EPOCH, List.of()));
  }

  private static LogPage page(String born, long trimmed, long newest, long... results) {
    List<StoredResult> found = LongStream.of(results).mapToObj(ResultTailTest::result).toList();
    long end = found.isEmpty() ? newest : results[results.length - 1];
    return new LogPage(
        born, at(trimmed), at(newest), found, at(end), (long) found.size() * BYTES_EACH);
  }
}
