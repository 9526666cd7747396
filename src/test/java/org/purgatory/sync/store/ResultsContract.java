package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.testkit.Await;

/** What readers of the results can rely on. */
public interface ResultsContract extends StoreFixture {

  @Test
  default void acknowledgementIsRememberedAndNeverMovesBack() {
    publish(claimed(event(1)), 1);
    publish(claimed(event(2)), 2);
    List<StoredResult> all = allResults();
    assertThat(done(results().acknowledged("relay"))).isEmpty();
    assertThat(done(results().acknowledge("relay", all.get(1).position()))).isEmpty();
    assertThat(done(results().acknowledge("relay", all.get(0).position()))).isEmpty();
    assertThat(done(results().acknowledged("relay"))).contains(all.get(1).position());
    assertThat(done(results().acknowledged("another"))).isEmpty();
  }

  @Test
  default void acknowledgementAheadOfEverythingIsOutOfRange() {
    ResultPosition newest = done(results().bounds()).newest();
    ResultPosition ahead = newest.next(newest.millis() + 1_000_000);
    assertThat(done(results().acknowledge("relay", ahead))).isPresent();
    assertThat(done(results().acknowledged("relay"))).isEmpty();
  }

  @Test
  default void onlyTheConsumersThatAcknowledgedLastAreRemembered() {
    ResultPosition place = done(results().bounds()).newest();
    for (int i = 0; i <= ResultLog.MOST_CONSUMERS; i++) {
      done(results().acknowledge("relay " + i, place));
      pass(Duration.ofMillis(1));
    }
    assertThat(done(results().acknowledged("relay 0"))).isEmpty();
    assertThat(done(results().acknowledged("relay 1"))).contains(place);
  }

  @Test
  default void resultsAreReadInOrderFromAnyPosition() {
    Claim claim = claimed(event(1), event(2), event(3));
    publish(claim, 1);
    publish(claim, 2);
    publish(claim, 3);
    List<StoredResult> all = allResults();
    assertThat(all).extracting(StoredResult::position).isSorted();
    assertThat(page(all.get(0).position(), 1)).containsExactly(all.get(1));
    assertThat(page(all.get(2).position(), 9)).isEmpty();
  }

  @Test
  default void appendingTellsTheListeners() {
    AtomicInteger calls = new AtomicInteger();
    ResultLog.Subscription subscription = results().onAppend(calls::incrementAndGet);
    publish(claimed(event(1)), 1);
    Await.until(Duration.ofSeconds(10), "call", () -> calls.get() > 0);
    subscription.close();
    int before = calls.get();
    publish(claimed(state(2, user(1), "other", oid(1))), 2);
    assertThat(allResults()).hasSize(2);
    assertThat(calls.get()).isEqualTo(before);
  }

  @Test
  default void trimmedPositionIsOutOfRange() {
    ResultPosition start = done(results().bounds()).oldest();
    publish(claimed(event(1)), 1);
    pass(Duration.ofHours(25));
    done(store().sweep());
    assertThat(done(results().read(start, 9))).isInstanceOf(ResultLog.OutOfRange.class);
    assertThat(page(done(results().bounds()).oldest(), 9)).isEmpty();
  }

  @Test
  default void positionAheadOfEverythingIsOutOfRange() {
    ResultPosition newest = done(results().bounds()).newest();
    ResultPosition ahead = newest.next(newest.millis() + 1_000_000);
    assertThat(done(results().read(ahead, 9))).isInstanceOf(ResultLog.OutOfRange.class);
  }

  @Test
  default void keepsOnlySoManyResults() {
    for (int i = 1; i <= 60; i++) {
      Claim claim = claimed(state(i, user(1), "r" + i, oid(1)));
      publish(claim, i);
      complete(claim);
    }
    done(store().sweep());
    assertThat(allResults()).hasSize(50);
  }
}
