package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.SyncOutcome;

/** What holds of events while a run applies them. */
public interface ApplyingContract extends StoreFixture {

  @Test
  default void onlyWhatStillWaitsMayBeApplied() {
    Claim claim = claimed(event(1), event(2), event(3));
    cancel(event(1));
    publish(claim, 2);
    assertThat(begin(claim, event(1), event(2), event(3), event(4))).containsExactly(id(3));
    assertThat(begin(claim)).isEmpty();
  }

  @Test
  default void eventThatIsBeingAppliedCannotBeWithdrawn() {
    Claim claim = claimed(event(1), event(2));
    begin(claim, event(1));
    assertThat(cancel(event(1), event(2))).containsExactly(id(2));
    assertThat(publish(claim, 1)).containsExactly(id(1));
  }

  @Test
  default void eventThatIsBeingAppliedDoesNotExpire() {
    Claim claim = claimed(event(1), event(2));
    begin(claim, event(1));
    keepFor(claim, Duration.ofMinutes(30));
    assertThat(done(store().sweep())).isEqualTo(1);
    assertThat(onlyResult().released()).extracting(r -> r.id()).containsExactly(id(2));
    assertThat(done(store().sweep())).isZero();
    assertThat(publish(claim, 1)).containsExactly(id(1));
  }

  @Test
  default void applyingThatFailedLetsTheEventExpireWithTheRunsEnd() {
    Claim claim = claimed(event(1));
    begin(claim, event(1));
    keepFor(claim, Duration.ofMinutes(30));
    assertThat(done(store().sweep())).isZero();
    complete(claim);
    assertThat(done(store().sweep())).isEqualTo(1);
    assertThat(queueSize()).isZero();
  }

  @Test
  default void applyingThatFailedLetsTheEventBeWithdrawnWithTheRunsEnd() {
    Claim claim = claimed(event(1));
    begin(claim, event(1));
    assertThat(cancel(event(1))).isEmpty();
    complete(claim);
    assertThat(cancel(event(1))).containsExactly(id(1));
    assertThat(queueSize()).isZero();
  }

  @Test
  default void laterEventExpiresInItsTimeThoughAnEarlierOneIsBeingApplied() {
    Claim claim = claimed(event(1));
    begin(claim, event(1));
    keepFor(claim, Duration.ofMinutes(29));
    enqueue(NOW, event(2));
    keepFor(claim, Duration.ofMinutes(29));
    done(store().sweep());
    keepFor(claim, Duration.ofMinutes(1));
    assertThat(done(store().sweep())).isEqualTo(1);
    assertThat(onlyResult().released()).extracting(r -> r.id()).containsExactly(id(2));
  }

  @Test
  default void askingWhatMayBeAppliedRenewsTheLease() {
    Claim claim = claimed(event(1));
    pass(Duration.ofSeconds(59));
    assertThat(done(store().begin(claim, List.of(id(1)))).orElseThrow().heldFor())
        .isEqualTo(SETTINGS.lease());
    pass(Duration.ofSeconds(59));
    assertThat(claim(1).claimed()).isEmpty();
    assertThat(publish(claim, 1)).hasSize(1);
  }

  @Test
  default void leaseThatEndedLetsWhatItsRunAppliedBeWithdrawn() {
    Claim slow = claimed(event(1));
    begin(slow, event(1));
    pass(Duration.ofSeconds(60));
    assertThat(cancel(event(1))).containsExactly(id(1));
    assertThat(done(store().begin(slow, List.of(id(1))))).isEmpty();
    assertThat(publish(slow, 1)).isEmpty();
    assertThat(allResults()).isEmpty();
  }

  @Test
  default void leaseThatEndedLetsWhatItsRunAppliedExpire() {
    Claim slow = claimed(event(1));
    begin(slow, event(1));
    keepFor(slow, Duration.ofMinutes(30));
    assertThat(done(store().sweep())).isZero();
    pass(Duration.ofSeconds(60));
    assertThat(done(store().sweep())).isEqualTo(1);
    assertThat(publish(slow, 1)).isEmpty();
    assertThat(onlyResult().outcome()).isEqualTo(SyncOutcome.EXPIRED);
  }

  @Test
  default void runThatTookOverDecidesAnewWhatItApplies() {
    Claim slow = claimed(event(1), event(2));
    begin(slow, event(1), event(2));
    pass(Duration.ofSeconds(60));
    Claim fresh = claim(1).claimed().get(0).claim();
    assertThat(done(store().begin(slow, List.of(id(1))))).isEmpty();
    assertThat(cancel(event(1))).containsExactly(id(1));
    assertThat(begin(fresh, event(1), event(2))).containsExactly(id(2));
    assertThat(cancel(event(2))).isEmpty();
  }

  @Test
  default void runThatEndedHoldsNothingBack() {
    Claim claim = claimed(event(1), event(2));
    begin(claim, event(1), event(2));
    publish(claim, 1);
    publish(claim, 2);
    assertThat(done(store().begin(claim, List.of(id(1))))).isEmpty();
    enqueue(NOW, event(3));
    assertThat(cancel(event(3))).containsExactly(id(3));
  }

  /** As when a newer state arrives while the older one is being applied. */
  @Test
  default void eventThatIsBeingAppliedMayBeRejected() {
    Claim claim = claimed(event(1), event(2));
    begin(claim, event(1));
    Release rejected =
        new Release(
            SyncOutcome.REJECTED,
            List.of(id(1)),
            List.of(),
            List.of(),
            Map.of(id(1), "superseded,\nby another"));
    assertThat(done(store().publish(claim, rejected)).released()).containsExactly(id(1));
    assertThat(onlyResult().released())
        .extracting(r -> r.reason())
        .containsExactly("superseded, by another");
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.QUEUED);
    assertThat(cancel(event(1))).as("new, and not being applied").containsExactly(id(1));
  }
}
