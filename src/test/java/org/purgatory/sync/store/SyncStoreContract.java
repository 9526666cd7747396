package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.TriggerOutcome;
import org.purgatory.sync.testkit.Await;

/** What every store does, whatever it keeps things in. */
public abstract class SyncStoreContract {

  /** The rules under which the contract is tested. */
  protected static final QueueSettings SETTINGS =
      new QueueSettings(
          new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(2)),
          Duration.ofMinutes(30),
          Duration.ofDays(7),
          Duration.ofSeconds(60),
          20,
          10,
          Duration.ofHours(24),
          50);

  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration NOW = Duration.ZERO;

  /** The store under test. */
  protected abstract SyncStore store();

  /** Its results. */
  protected abstract ResultLog results();

  /** Lets the store's time pass. */
  protected abstract void pass(Duration time);

  /** Holds the store's invariants against what it stores. */
  @AfterEach
  protected abstract void checkInvariants();

  @Test
  void takesAnEventInAndSaysWhenItIsDue() {
    EventStatus status = enqueue(SOON, event(1)).get(0);
    assertThat(status.state()).isEqualTo(State.QUEUED);
    assertThat(status.identifier()).isEqualTo(repo("r"));
    assertThat(status.nextAttempt()).isPresent();
  }

  @Test
  void sameEventTwiceIsOnePendingEvent() {
    enqueue(SOON, event(1));
    assertThat(enqueue(SOON, event(1)).get(0).state()).isEqualTo(State.ALREADY_PENDING);
    assertThat(trigger("r", SOON).pendingEvents()).isEqualTo(1);
  }

  @Test
  void sameEventAgainDoesNotBringTheAttemptForward() {
    enqueue(Duration.ofMinutes(3), event(1));
    enqueue(NOW, event(1));
    assertThat(claim(1).claimed()).isEmpty();
  }

  @Test
  void nothingIsDueBeforeItsTime() {
    enqueue(SOON, event(1));
    Claims early = claim(10);
    assertThat(early.claimed()).isEmpty();
    assertThat(early.untilNext()).contains(SOON);
    pass(SOON);
    assertThat(claim(10).claimed()).hasSize(1);
  }

  @Test
  void isReadyOnlyWhenDueAndNotRunning() {
    Claim claim = claimed(event(1));
    enqueue(NOW, event(2));
    assertThat(claim(1).claimed()).as("due, but running").isEmpty();
    done(store().complete(claim));
    assertThat(claim(1).claimed()).as("due, and not running").hasSize(1);
    enqueue(SOON, state(3, user(1), "idle", oid(1)));
    assertThat(claim(1).claimed()).as("not running, but not due").isEmpty();
  }

  @Test
  void dueTimeThatPassedDuringTheRunIsNow() {
    Claim claim = claimed(event(1));
    enqueue(SOON, event(2));
    pass(Duration.ofSeconds(5));
    assertThat(done(store().complete(claim))).contains(new NextRun(NOW, 0));
  }

  @Test
  void eventsThatNeedNotBeStoredDoNotFillTheQueue() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    GitEvent[] ten = IntStream.rangeClosed(1, 11).mapToObj(i -> event(i)).toArray(GitEvent[]::new);
    assertThat(enqueue(NOW, ten)).hasSize(11);
  }

  @Test
  void identifierIsClaimedOnceHoweverManyEventsWait() {
    enqueue(NOW, IntStream.rangeClosed(1, 10).mapToObj(i -> event(i)).toArray(GitEvent[]::new));
    assertThat(claim(10).claimed()).hasSize(1);
    assertThat(claim(10).claimed()).isEmpty();
  }

  @Test
  void claimsTheLongestDueFirstAndNoMoreThanAskedFor() {
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
  void laterClaimsCarryLargerFencingTokens() {
    Claim first = claimed(event(1));
    pass(Duration.ofSeconds(60));
    Claim second = claim(1).claimed().get(0).claim();
    assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
  }

  @Test
  void showsWhatWaitsAndTheNewestOfWhatIsKnown() {
    GitEvent older = announcement(5, user(1), "r", "https://old.example/r");
    GitEvent newer = announcement(6, user(1), "r", "https://new.example/r");
    done(store().enqueue(new Enqueue(List.of(event(1)), List.of(newer, older), NOW, false)));
    Claim claim = claim(1).claimed().get(0).claim();
    assertThat(done(store().load(claim)).orElseThrow().known()).containsExactly(newer);
    assertThat(done(store().load(claim)).orElseThrow().pending())
        .extracting(p -> p.event())
        .containsExactly(event(1));
  }

  @Test
  void knownEventsAloneQueueNothing() {
    GitEvent known = announcement(5, user(1), "r", "https://x.example/r");
    done(store().enqueue(new Enqueue(List.of(), List.of(known), NOW, false)));
    assertThat(claim(1).claimed()).isEmpty();
    assertThat(trigger("r", NOW).nextAttempt()).isEmpty();
    Claim claim = claimed(event(1));
    assertThat(done(store().load(claim)).orElseThrow().known()).containsExactly(known);
  }

  @Test
  void publishingStoresTheResultAndEndsTheWait() {
    Claim claim = claimed(event(1), event(2));
    pass(Duration.ofSeconds(3));
    assertThat(publish(claim, 1)).containsExactly(id(1));
    SyncResult result = onlyResult();
    assertThat(result.outcome()).isEqualTo(SyncOutcome.SATISFIED);
    assertThat(result.released()).hasSize(1);
    assertThat(result.released().get(0).waited()).isEqualTo(Duration.ofSeconds(3));
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(done(store().load(claim)).orElseThrow().pending()).hasSize(1);
  }

  @Test
  void nothingIsReleasedTwice() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    assertThat(publish(claim, 1)).isEmpty();
    assertThat(allResults()).hasSize(1);
  }

  @Test
  void releasedEventIsNotHuntedAgain() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    done(store().complete(claim));
    EventStatus again = enqueue(NOW, event(1)).get(0);
    assertThat(again.state()).isEqualTo(State.SATISFIED);
    assertThat(again.nextAttempt()).isEmpty();
    assertThat(claim(1).claimed()).isEmpty();
  }

  @Test
  void releasedStateIsKnownFromThenOn() {
    Claim claim = claimed(event(1), event(2));
    publish(claim, 1);
    assertThat(done(store().load(claim)).orElseThrow().known()).containsExactly(event(1));
  }

  @Test
  void lastReleaseEndsTheRunInTheSameStep() {
    Claim claim = claimed(event(1), event(2));
    assertThat(done(store().publish(claim, release(1))).runEnded()).isFalse();
    assertThat(done(store().publish(claim, release(2))).runEnded()).isTrue();
    assertThat(done(store().usage()).identifiers()).isZero();
    assertThat(done(store().load(claim))).isEmpty();
  }

  @Test
  void claimBringsWhatThereIsToKnow() {
    GitEvent known = announcement(6, user(1), "r", "https://x.example/r");
    done(store().enqueue(new Enqueue(List.of(event(1)), List.of(known), NOW, false)));
    Claimed claimed = claim(1).claimed().get(0);
    assertThat(claimed.work()).isEqualTo(done(store().load(claimed.claim())).orElseThrow());
    assertThat(claimed.work().known()).containsExactly(known);
  }

  @Test
  void acknowledgementIsRememberedAndNeverMovesBack() {
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
  void acknowledgementAheadOfEverythingIsOutOfRange() {
    ResultPosition newest = done(results().bounds()).newest();
    ResultPosition ahead = newest.next(newest.millis() + 1_000_000);
    assertThat(done(results().acknowledge("relay", ahead))).isPresent();
    assertThat(done(results().acknowledged("relay"))).isEmpty();
  }

  @Test
  void onlyTheConsumersThatAcknowledgedLastAreRemembered() {
    ResultPosition place = done(results().bounds()).newest();
    for (int i = 0; i <= ResultLog.MOST_CONSUMERS; i++) {
      done(results().acknowledge("relay " + i, place));
      pass(Duration.ofMillis(1));
    }
    assertThat(done(results().acknowledged("relay 0"))).isEmpty();
    assertThat(done(results().acknowledged("relay 1"))).contains(place);
  }

  @Test
  void runThatReleasesEverythingLeavesTheQueueEmpty() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    assertThat(done(store().complete(claim))).isEmpty();
    assertThat(done(store().usage()).identifiers()).isZero();
  }

  @Test
  void runThatLeavesEventsBacksOff() {
    Claim claim = claimed(event(1));
    assertThat(done(store().complete(claim))).contains(new NextRun(Duration.ofSeconds(20), 1));
    pass(Duration.ofSeconds(20));
    Claim second = claim(1).claimed().get(0).claim();
    assertThat(done(store().complete(second))).contains(new NextRun(Duration.ofSeconds(40), 2));
  }

  @Test
  void eventThatArrivesDuringARunIsDueAfterItsOwnDelay() {
    Claim claim = claimed(event(1));
    enqueue(SOON, event(2));
    assertThat(done(store().complete(claim))).contains(new NextRun(SOON, 0));
  }

  @Test
  void eventThatArrivesBetweenTheLastLookAndTheEndOfARunIsNotLost() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    enqueue(NOW, event(2));
    done(store().complete(claim));
    assertThat(claim(1).claimed()).hasSize(1);
  }

  @Test
  void eventThatArrivesDuringARunAndIsReleasedInItLeavesTheQueueEmpty() {
    Claim claim = claimed(event(1));
    enqueue(SOON, event(2));
    publish(claim, 1);
    publish(claim, 2);
    assertThat(done(store().complete(claim))).isEmpty();
    assertThat(done(store().usage()).identifiers()).isZero();
  }

  @Test
  void triggerBringsTheAttemptForward() {
    enqueue(Duration.ofMinutes(3), event(1));
    TriggerOutcome outcome = trigger("r", NOW);
    assertThat(outcome.pendingEvents()).isEqualTo(1);
    assertThat(claim(1).claimed()).hasSize(1);
  }

  @Test
  void triggerDuringARunMakesAnotherRun() {
    Claim claim = claimed(event(1));
    trigger("r", NOW);
    done(store().complete(claim));
    assertThat(claim(1).claimed()).hasSize(1);
  }

  @Test
  void triggerOfAnUnknownIdentifierSchedulesNothing() {
    assertThat(trigger("nobody", NOW)).isEqualTo(new TriggerOutcome(0, Optional.empty()));
  }

  @Test
  void claimThatWasNotRenewedCanBeTakenOver() {
    Claim slow = claimed(event(1));
    pass(Duration.ofSeconds(59));
    assertThat(claim(1).claimed()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(claim(1).claimed()).hasSize(1);
    assertThat(done(store().load(slow))).isEmpty();
  }

  @Test
  void renewedClaimIsKept() {
    Claim claim = claimed(event(1));
    pass(Duration.ofSeconds(40));
    assertThat(done(store().renew(Set.of(claim)))).isEmpty();
    pass(Duration.ofSeconds(40));
    assertThat(claim(1).claimed()).isEmpty();
    assertThat(publish(claim, 1)).hasSize(1);
  }

  @Test
  void holderThatLostItsLeaseCanNeitherPublishNorEndTheNewRun() {
    Claim slow = claimed(event(1));
    pass(Duration.ofSeconds(60));
    Claim fresh = claim(1).claimed().get(0).claim();
    assertThat(done(store().renew(Set.of(slow, fresh)))).containsExactly(slow);
    assertThat(publish(slow, 1)).isEmpty();
    assertThat(done(store().complete(slow))).isEmpty();
    assertThat(publish(fresh, 1)).hasSize(1);
    assertThat(allResults()).hasSize(1);
  }

  @Test
  void eventExpiresAfterThirtyMinutes() {
    enqueue(SOON, event(1));
    pass(Duration.ofMinutes(30).minusMillis(1));
    assertThat(done(store().sweep())).isZero();
    pass(Duration.ofMillis(1));
    assertThat(done(store().sweep())).isEqualTo(1);
    assertThat(onlyResult().outcome()).isEqualTo(SyncOutcome.EXPIRED);
    assertThat(done(store().usage()).identifiers()).isZero();
  }

  @Test
  void expiredEventIsNotHuntedAgainForSevenDays() {
    expire(event(1));
    pass(Duration.ofDays(7).minusMinutes(1));
    done(store().sweep());
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.EXPIRED);
    pass(Duration.ofMinutes(2));
    done(store().sweep());
    assertThat(enqueue(NOW, event(1)).get(0).state()).isEqualTo(State.QUEUED);
  }

  @Test
  void expiredEventIsTakenBackWhenReadmitted() {
    expire(event(1));
    Enqueue readmit = new Enqueue(List.of(event(1)), List.of(), NOW, true);
    assertThat(accepted(readmit).get(0).state()).isEqualTo(State.QUEUED);
    assertThat(claim(1).claimed()).hasSize(1);
  }

  /** The result of its expiry goes before the one that satisfied it. */
  @Test
  void eventThatWasSatisfiedAfterItExpiredStaysSatisfied() {
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
  void expiryDuringARunLeavesNothingToPublish() {
    Claim claim = claimed(event(1));
    for (int i = 0; i < 40; i++) {
      pass(Duration.ofSeconds(45));
      done(store().renew(Set.of(claim)));
    }
    done(store().sweep());
    assertThat(publish(claim, 1)).isEmpty();
    assertThat(onlyResult().outcome()).isEqualTo(SyncOutcome.EXPIRED);
    assertThat(done(store().complete(claim))).isEmpty();
    assertThat(done(store().usage()).identifiers()).isZero();
  }

  @Test
  void resultsAreReadInOrderFromAnyPosition() {
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
  void appendingTellsTheListeners() {
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
  void trimmedPositionIsOutOfRange() {
    ResultPosition start = done(results().bounds()).oldest();
    publish(claimed(event(1)), 1);
    pass(Duration.ofHours(25));
    done(store().sweep());
    assertThat(done(results().read(start, 9))).isInstanceOf(ResultLog.OutOfRange.class);
    assertThat(page(done(results().bounds()).oldest(), 9)).isEmpty();
  }

  @Test
  void positionAheadOfEverythingIsOutOfRange() {
    ResultPosition newest = done(results().bounds()).newest();
    ResultPosition ahead = newest.next(newest.millis() + 1_000_000);
    assertThat(done(results().read(ahead, 9))).isInstanceOf(ResultLog.OutOfRange.class);
  }

  @Test
  void keepsOnlySoManyResults() {
    for (int i = 1; i <= 60; i++) {
      Claim claim = claimed(state(i, user(1), "r" + i, oid(1)));
      publish(claim, i);
      done(store().complete(claim));
    }
    done(store().sweep());
    assertThat(allResults()).hasSize(50);
  }

  @Test
  void refusesARequestWholeThatCrossesTheBoundOfIdentifiers() {
    GitEvent[] many =
        IntStream.rangeClosed(1, 21)
            .mapToObj(i -> state(i, user(1), "r" + i, oid(1)))
            .toArray(GitEvent[]::new);
    assertThat(refused(many).reason()).contains("purgatory.limits.identifiers", "20");
    assertThat(done(store().usage()).identifiers()).isZero();
    assertThat(enqueue(NOW, Arrays.copyOf(many, 20))).hasSize(20);
  }

  @Test
  void refusesARequestWholeThatCrossesTheBoundOfEventsOfAnIdentifier() {
    enqueue(NOW, event(1));
    GitEvent[] ten = IntStream.rangeClosed(2, 11).mapToObj(i -> event(i)).toArray(GitEvent[]::new);
    EnqueueOutcome.Full full = refused(ten);
    assertThat(full.reason()).contains("purgatory.limits.events-per-identifier", "10");
    assertThat(full.retryAfter()).isPositive();
    assertThat(trigger("r", NOW).pendingEvents()).isEqualTo(1);
  }

  @Test
  void identifiersThatOnlyLingerMakeRoom() {
    for (int i = 1; i <= 30; i++) {
      GitEvent known = announcement(i, user(1), "k" + i, "https://x.example/r");
      done(store().enqueue(new Enqueue(List.of(), List.of(known), NOW, false)));
    }
    assertThat(enqueue(NOW, event(99)).get(0).state()).isEqualTo(State.QUEUED);
  }

  private static GitEvent event(int number) {
    return state(number, user(number), "r", oid(1));
  }

  private static EventId id(int number) {
    return event(number).id();
  }

  private List<EventStatus> enqueue(Duration delay, GitEvent... events) {
    return accepted(new Enqueue(List.of(events), List.of(), delay, false));
  }

  private List<EventStatus> accepted(Enqueue request) {
    return ((EnqueueOutcome.Accepted) done(store().enqueue(request))).events();
  }

  private EnqueueOutcome.Full refused(GitEvent... events) {
    Enqueue request = new Enqueue(List.of(events), List.of(), NOW, false);
    return (EnqueueOutcome.Full) done(store().enqueue(request));
  }

  private TriggerOutcome trigger(String identifier, Duration delay) {
    return done(store().trigger(repo(identifier), delay));
  }

  private Claims claim(int most) {
    return done(store().claimDue(most));
  }

  private Claim claimed(GitEvent... events) {
    enqueue(NOW, events);
    List<Claimed> claims = claim(1).claimed();
    assertThat(claims).hasSize(1);
    return claims.get(0).claim();
  }

  private Set<EventId> publish(Claim claim, int event) {
    return done(store().publish(claim, release(event))).released();
  }

  private static Release release(int event) {
    return new Release(SyncOutcome.SATISFIED, List.of(id(event)), List.of(), List.of());
  }

  private void expire(GitEvent event) {
    enqueue(SOON, event);
    pass(Duration.ofMinutes(30));
    done(store().sweep());
  }

  private List<StoredResult> page(ResultPosition after, int most) {
    return ((ResultLog.Page) done(results().read(after, most))).results();
  }

  private List<StoredResult> allResults() {
    return page(done(results().bounds()).oldest(), 1000);
  }

  private SyncResult onlyResult() {
    assertThat(allResults()).hasSize(1);
    return allResults().get(0).result();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
