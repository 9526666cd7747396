package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.SyncOutcome;

/** What becomes of events that wait too long. */
public interface ExpiryContract extends StoreFixture {

  @Test
  default void eventExpiresAfterThirtyMinutes() {
    enqueue(SOON, event(1));
    pass(Duration.ofMinutes(30).minusMillis(1));
    assertThat(done(store().sweep())).isZero();
    pass(Duration.ofMillis(1));
    assertThat(done(store().sweep())).isEqualTo(1);
    assertThat(onlyResult().outcome()).isEqualTo(SyncOutcome.EXPIRED);
    assertThat(queueSize()).isZero();
  }

  @Test
  default void expiredEventIsNotHuntedAgainForSevenDays() {
    expire(event(1));
    pass(Duration.ofDays(7).minusMinutes(1));
    done(store().sweep());
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.EXPIRED);
    pass(Duration.ofMinutes(2));
    done(store().sweep());
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.QUEUED);
  }

  @Test
  default void expiredEventIsTakenBackWhenReadmitted() {
    expire(event(1));
    Enqueue readmit = new Enqueue(List.of(event(1)), List.of(), NOW, true);
    assertThat(accepted(readmit).get(0).state()).isEqualTo(State.QUEUED);
    assertThat(claim(1).claimed()).hasSize(1);
  }

  /** The result of its expiry goes before the one that satisfied it. */
  @Test
  default void eventThatWasSatisfiedAfterItExpiredStaysSatisfied() {
    expire(event(1));
    pass(Duration.ofHours(23));
    accepted(new Enqueue(List.of(event(1)), List.of(), NOW, true));
    publish(claim(1).claimed().get(0).claim(), 1);
    pass(Duration.ofHours(2));
    done(store().sweep());
    assertThat(onlyResult().outcome()).isEqualTo(SyncOutcome.SATISFIED);
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.SATISFIED);
  }

  @Test
  default void expiryDuringARunLeavesNothingToPublish() {
    Claim claim = claimed(event(1));
    for (int i = 0; i < 40; i++) {
      pass(Duration.ofSeconds(45));
      done(store().renew(Set.of(claim)));
    }
    done(store().sweep());
    assertThat(publish(claim, 1)).isEmpty();
    assertThat(onlyResult().outcome()).isEqualTo(SyncOutcome.EXPIRED);
    assertThat(complete(claim)).isEmpty();
    assertThat(queueSize()).isZero();
  }
}
