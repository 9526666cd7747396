package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.SyncOutcome;

/** How events are withdrawn. */
public interface CancelContract extends StoreFixture {

  @Test
  default void withdrawnEventLeavesWithoutAResultAndTakesItsIdentifierAlong() {
    enqueue(NOW, event(1));
    assertThat(done(store().cancel(List.of(id(1))))).containsOnly(Map.entry(id(1), repo("r")));
    assertThat(queueSize()).isZero();
    assertThat(claim(1).claimed()).isEmpty();
    assertThat(allResults()).isEmpty();
  }

  @Test
  default void withdrawnEventLeavesTheOthersWaiting() {
    enqueue(NOW, event(1), event(2));
    cancel(event(1));
    Claim claim = claim(1).claimed().get(0).claim();
    assertThat(load(claim).orElseThrow().pending())
        .extracting(pending -> pending.event())
        .containsExactly(event(2));
  }

  @Test
  default void onlyWhatWaitedUntilNowIsWithdrawnInTheOrderAskedFor() {
    GitEvent other = state(3, user(3), "other", oid(1));
    Claim claim = claimed(event(1), event(2));
    publish(claim, 1);
    enqueue(NOW, other);
    assertThat(cancel(other, event(1), event(9), event(2), other))
        .containsExactly(other.id(), id(2));
    assertThat(cancel(other, event(1), event(2))).isEmpty();
    assertThat(cancel()).isEmpty();
  }

  @Test
  default void withdrawnEventIsNewWhenItIsHandedInAgain() {
    enqueue(NOW, event(1));
    cancel(event(1));
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.QUEUED);
    assertThat(publish(claim(1).claimed().get(0).claim(), 1)).containsExactly(id(1));
  }

  @Test
  default void withdrawnEventStartsItsThirtyMinutesAnewWhenItIsHandedInAgain() {
    enqueue(NOW, event(1), event(2));
    pass(Duration.ofMinutes(20));
    cancel(event(1));
    enqueue(NOW, event(1));
    pass(Duration.ofMinutes(10));
    done(store().sweep());
    assertThat(onlyResult().released()).extracting(r -> r.id()).containsExactly(id(2));
    assertThat(trigger("r", NOW).pendingEvents()).isEqualTo(1);
  }

  @Test
  default void withdrawnEventNeverExpires() {
    enqueue(NOW, event(1));
    cancel(event(1));
    pass(Duration.ofHours(1));
    assertThat(done(store().sweep())).isZero();
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.QUEUED);
  }

  @Test
  default void expiredEventCannotBeWithdrawnAndStaysRemembered() {
    expire(event(1));
    assertThat(cancel(event(1))).isEmpty();
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.EXPIRED);
  }

  @Test
  default void runWhoseLastEventIsWithdrawnGoesOnUntilItNotices() {
    Claim claim = claimed(event(1));
    cancel(event(1));
    assertThat(load(claim).orElseThrow().pending()).isEmpty();
    assertThat(queueSize()).isEqualTo(1);
    assertThat(complete(claim)).isEmpty();
    assertThat(queueSize()).isZero();
  }

  @Test
  default void publishingAWithdrawnEventEndsTheRunWithoutAResult() {
    Claim claim = claimed(event(1));
    cancel(event(1));
    assertThat(done(store().publish(claim, release(1))).released()).isEmpty();
    assertThat(load(claim)).isEmpty();
    assertThat(queueSize()).isZero();
    assertThat(allResults()).isEmpty();
  }

  @Test
  default void publishingGoesOnWithoutTheEventThatWasWithdrawnMeanwhile() {
    Claim claim = claimed(event(1), event(2));
    cancel(event(1));
    assertThat(done(store().publish(claim, satisfying(event(1), event(2)))).released())
        .containsExactly(id(2));
    assertThat(onlyResult().outcome()).isEqualTo(SyncOutcome.SATISFIED);
  }

  @Test
  default void publishedEventCannotBeWithdrawn() {
    Claim claim = claimed(event(1), event(2));
    publish(claim, 1);
    assertThat(cancel(event(1))).isEmpty();
    assertThat(allResults()).hasSize(1);
  }

  @Test
  default void eventThatArrivesAfterTheLastOneWasWithdrawnDuringARunIsRunNext() {
    Claim claim = claimed(event(1));
    cancel(event(1));
    enqueue(NOW, event(2));
    assertThat(complete(claim)).isPresent();
    assertThat(claim(1).claimed()).hasSize(1);
  }

  @Test
  default void identifierOfARunThatDiedLeavesWithTheNextRun() {
    claimed(event(1));
    pass(Duration.ofSeconds(60));
    assertThat(cancel(event(1))).containsExactly(id(1));
    Claim next = claim(1).claimed().get(0).claim();
    assertThat(load(next).orElseThrow().pending()).isEmpty();
    assertThat(complete(next)).isEmpty();
    assertThat(queueSize()).isZero();
  }

  @Test
  default void whatIsKnownOutlivesTheLastEventThatIsWithdrawn() {
    GitEvent known = announcement(5, user(1), "r", "https://x.example/r");
    know(known);
    enqueue(NOW, event(1));
    cancel(event(1));
    assertThat(load(claimed(event(2))).orElseThrow().known()).containsExactly(known);
  }

  @Test
  default void eventsOfManyIdentifiersAreWithdrawnAtOnce() {
    GitEvent[] events = new GitEvent[200];
    for (int i = 0; i < events.length; i++) {
      events[i] = state(i + 1, user(i + 1), "r" + i / 10, oid(1));
    }
    enqueue(NOW, events);
    assertThat(queueSize()).isEqualTo(20);
    assertThat(cancel(events)).hasSize(events.length);
    assertThat(queueSize()).isZero();
  }
}
