package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.NextRun;

/** What holds of runs and their leases. */
public interface RunContract extends StoreFixture {

  @Test
  default void laterClaimsCarryLargerFencingTokens() {
    Claim first = claimed(event(1));
    pass(Duration.ofSeconds(60));
    Claim second = claim(1).claimed().get(0).claim();
    assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
  }

  @Test
  default void runThatReleasesEverythingLeavesTheQueueEmpty() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    assertThat(complete(claim)).isEmpty();
    assertThat(queueSize()).isZero();
  }

  @Test
  default void runThatLeavesEventsBacksOff() {
    Claim claim = claimed(event(1));
    assertThat(complete(claim)).contains(new NextRun(Duration.ofSeconds(20), 1));
    pass(Duration.ofSeconds(20));
    Claim second = claim(1).claimed().get(0).claim();
    assertThat(complete(second)).contains(new NextRun(Duration.ofSeconds(40), 2));
  }

  @Test
  default void eventThatArrivesDuringARunIsDueAfterItsOwnDelay() {
    Claim claim = claimed(event(1));
    enqueue(SOON, event(2));
    assertThat(complete(claim)).contains(new NextRun(SOON, 0));
  }

  @Test
  default void eventThatArrivesBetweenTheLastLookAndTheEndOfARunIsNotLost() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    enqueue(NOW, event(2));
    complete(claim);
    assertThat(claim(1).claimed()).hasSize(1);
  }

  @Test
  default void eventThatArrivesDuringARunAndIsReleasedInItLeavesTheQueueEmpty() {
    Claim claim = claimed(event(1));
    enqueue(SOON, event(2));
    publish(claim, 1);
    publish(claim, 2);
    assertThat(complete(claim)).isEmpty();
    assertThat(queueSize()).isZero();
  }

  @Test
  default void claimThatWasNotRenewedCanBeTakenOver() {
    Claim slow = claimed(event(1));
    pass(Duration.ofSeconds(59));
    assertThat(claim(1).claimed()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(claim(1).claimed()).hasSize(1);
    assertThat(load(slow)).isEmpty();
  }

  @Test
  default void renewedClaimIsKept() {
    Claim claim = claimed(event(1));
    pass(Duration.ofSeconds(40));
    assertThat(done(store().renew(Set.of(claim)))).isEmpty();
    pass(Duration.ofSeconds(40));
    assertThat(claim(1).claimed()).isEmpty();
    assertThat(publish(claim, 1)).hasSize(1);
  }

  @Test
  default void holderThatLostItsLeaseCanNeitherPublishNorEndTheNewRun() {
    Claim slow = claimed(event(1));
    pass(Duration.ofSeconds(60));
    Claim fresh = claim(1).claimed().get(0).claim();
    assertThat(done(store().renew(Set.of(slow, fresh)))).containsExactly(slow);
    assertThat(publish(slow, 1)).isEmpty();
    assertThat(complete(slow)).isEmpty();
    assertThat(publish(fresh, 1)).hasSize(1);
    assertThat(allResults()).hasSize(1);
  }
}
