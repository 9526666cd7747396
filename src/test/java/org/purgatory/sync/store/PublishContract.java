package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

/** How events leave with a result. */
public interface PublishContract extends StoreFixture {

  @Test
  default void publishingStoresTheResultAndEndsTheWait() {
    Claim claim = claimed(event(1), event(2));
    pass(Duration.ofSeconds(3));
    assertThat(publish(claim, 1)).containsExactly(id(1));
    SyncResult result = onlyResult();
    assertThat(result.outcome()).isEqualTo(SyncOutcome.SATISFIED);
    assertThat(result.released()).hasSize(1);
    assertThat(result.released().get(0).waited()).isEqualTo(Duration.ofSeconds(3));
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(load(claim).orElseThrow().pending()).hasSize(1);
  }

  @Test
  default void nothingIsReleasedTwice() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    assertThat(publish(claim, 1)).isEmpty();
    assertThat(allResults()).hasSize(1);
  }

  @Test
  default void releasedEventIsNotHuntedAgain() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    complete(claim);
    EventStatus again = enqueue(NOW, event(1)).get(0);
    assertThat(again.state()).isEqualTo(State.SATISFIED);
    assertThat(again.nextAttempt()).isEmpty();
    assertThat(claim(1).claimed()).isEmpty();
  }

  @Test
  default void releasedStateIsKnownFromThenOn() {
    Claim claim = claimed(event(1), event(2));
    publish(claim, 1);
    assertThat(load(claim).orElseThrow().known()).containsExactly(event(1));
  }

  @Test
  default void lastReleaseEndsTheRunInTheSameStep() {
    Claim claim = claimed(event(1), event(2));
    assertThat(done(store().publish(claim, release(1))).runEnded()).isFalse();
    assertThat(done(store().publish(claim, release(2))).runEnded()).isTrue();
    assertThat(queueSize()).isZero();
    assertThat(load(claim)).isEmpty();
  }
}
