package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.TriggerOutcome;

/** How events come into the queue and when they are due. */
public interface QueueContract extends StoreFixture {

  @Test
  default void takesAnEventInAndSaysWhenItIsDue() {
    EventStatus status = enqueue(SOON, event(1)).get(0);
    assertThat(status.state()).isEqualTo(State.QUEUED);
    assertThat(status.identifier()).isEqualTo(repo("r"));
    assertThat(status.nextAttempt()).isPresent();
  }

  @Test
  default void sameEventTwiceIsOnePendingEvent() {
    enqueue(SOON, event(1));
    assertThat(enqueue(SOON, event(1)).get(0).state()).isEqualTo(State.ALREADY_PENDING);
    assertThat(trigger("r", SOON).pendingEvents()).isEqualTo(1);
  }

  @Test
  default void sameEventAgainDoesNotBringTheAttemptForward() {
    enqueue(Duration.ofMinutes(3), event(1));
    enqueue(NOW, event(1));
    assertThat(claim(1).claimed()).isEmpty();
  }

  @Test
  default void nothingIsDueBeforeItsTime() {
    enqueue(SOON, event(1));
    Claims early = claim(10);
    assertThat(early.claimed()).isEmpty();
    assertThat(early.untilNext()).contains(SOON);
    pass(SOON);
    assertThat(claim(10).claimed()).hasSize(1);
  }

  @Test
  default void isReadyOnlyWhenDueAndNotRunning() {
    Claim claim = claimed(event(1));
    enqueue(NOW, event(2));
    assertThat(claim(1).claimed()).as("due, but running").isEmpty();
    complete(claim);
    assertThat(claim(1).claimed()).as("due, and not running").hasSize(1);
    enqueue(SOON, state(3, user(1), "idle", oid(1)));
    assertThat(claim(1).claimed()).as("not running, but not due").isEmpty();
  }

  @Test
  default void dueTimeThatPassedDuringTheRunIsNow() {
    Claim claim = claimed(event(1));
    enqueue(SOON, event(2));
    pass(Duration.ofSeconds(5));
    assertThat(complete(claim)).contains(new NextRun(NOW, 0));
  }

  @Test
  default void identifierIsClaimedOnceHoweverManyEventsWait() {
    enqueue(NOW, IntStream.rangeClosed(1, 10).mapToObj(i -> event(i)).toArray(GitEvent[]::new));
    assertThat(claim(10).claimed()).hasSize(1);
    assertThat(claim(10).claimed()).isEmpty();
  }

  @Test
  default void claimsTheLongestDueFirstAndNoMoreThanAskedFor() {
    enqueue(Duration.ofSeconds(2), state(1, user(1), "late", oid(1)));
    enqueue(Duration.ofSeconds(1), state(2, user(1), "early", oid(1)));
    pass(Duration.ofSeconds(5));
    Claims first = claim(1);
    assertThat(first.claimed())
        .extracting(c -> c.claim().identifier())
        .containsExactly(repo("early"));
    assertThat(first.untilNext()).contains(Duration.ZERO);
    assertThat(claim(0).claimed()).isEmpty();
    assertThat(claim(9).claimed())
        .extracting(c -> c.claim().identifier())
        .containsExactly(repo("late"));
  }

  @Test
  default void showsWhatWaitsAndTheNewestOfWhatIsKnown() {
    GitEvent older = announcement(5, user(1), "r", "https://old.example/r");
    GitEvent newer = announcement(6, user(1), "r", "https://new.example/r");
    done(store().enqueue(new Enqueue(List.of(event(1)), List.of(newer, older), NOW, false)));
    Claim claim = claim(1).claimed().get(0).claim();
    assertThat(load(claim).orElseThrow().known()).containsExactly(newer);
    assertThat(load(claim).orElseThrow().pending())
        .extracting(p -> p.event())
        .containsExactly(event(1));
  }

  @Test
  default void knownEventsAloneQueueNothing() {
    GitEvent known = announcement(5, user(1), "r", "https://x.example/r");
    done(store().enqueue(new Enqueue(List.of(), List.of(known), NOW, false)));
    assertThat(claim(1).claimed()).isEmpty();
    assertThat(trigger("r", NOW).nextAttempt()).isEmpty();
    Claim claim = claimed(event(1));
    assertThat(load(claim).orElseThrow().known()).containsExactly(known);
  }

  @Test
  default void claimBringsWhatThereIsToKnow() {
    GitEvent known = announcement(6, user(1), "r", "https://x.example/r");
    done(store().enqueue(new Enqueue(List.of(event(1)), List.of(known), NOW, false)));
    Claimed claimed = claim(1).claimed().get(0);
    assertThat(claimed.work()).isEqualTo(load(claimed.claim()).orElseThrow());
    assertThat(claimed.work().known()).containsExactly(known);
  }

  @Test
  default void triggerBringsTheAttemptForward() {
    enqueue(Duration.ofMinutes(3), event(1));
    TriggerOutcome outcome = trigger("r", NOW);
    assertThat(outcome.pendingEvents()).isEqualTo(1);
    assertThat(claim(1).claimed()).hasSize(1);
  }

  @Test
  default void triggerDuringARunMakesAnotherRun() {
    Claim claim = claimed(event(1));
    trigger("r", NOW);
    complete(claim);
    assertThat(claim(1).claimed()).hasSize(1);
  }

  @Test
  default void triggerOfAnUnknownIdentifierSchedulesNothing() {
    assertThat(trigger("nobody", NOW)).isEqualTo(new TriggerOutcome(0, Optional.empty()));
  }
}
