package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Begun;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncStore;

/**
 * Two replicas meet at one identifier, step by step. The simulation plays these and all that lies
 * between them; here they can be read.
 */
public abstract class TwoReplicasContract {

  /** The rules under which they meet. */
  protected static final QueueSettings SETTINGS = SyncStoreContract.SETTINGS;

  private static final Duration LEASE = SETTINGS.lease();
  private static final Duration EXPIRY = SETTINGS.expiry();
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final GitEvent event = state(1, user(1), "r", oid(1));
  private final GitEvent later = state(2, user(2), "r", oid(2));

  /** The store as the first replica reaches it. */
  protected abstract SyncStore first();

  /** The same store as the second replica reaches it. */
  protected abstract SyncStore second();

  /** The results of both. */
  protected abstract ResultLog results();

  /** Lets the store's time pass. */
  protected abstract void pass(Duration time);

  @Test
  void bothSeeTheSameDueEntryAndOneGetsIt() {
    handIn(event);
    assertThat(claims(first())).hasSize(1);
    assertThat(claims(second())).isEmpty();
  }

  @Test
  void slowHolderFindsItsLeaseTakenOver() {
    handIn(event);
    Claim slow = claimed(first());
    pass(LEASE);
    Claim holder = claimed(second());

    assertThat(holder.fencingToken()).isGreaterThan(slow.fencingToken());
    assertThat(load(first(), slow)).isFalse();
    assertThat(publish(first(), slow, event)).isEqualTo(Published.LOST);
    assertThat(complete(first(), slow)).isEmpty();
    assertThat(released()).isEmpty();

    assertThat(publish(second(), holder, event).released()).containsExactly(event.id());
    assertThat(publish(first(), slow, event)).isEqualTo(Published.LOST);
    assertThat(released()).containsExactly(event.id());
  }

  @Test
  void slowHolderCannotEndTheRunOfTheNewOne() {
    handIn(event);
    Claim slow = claimed(first());
    pass(LEASE);
    Claim holder = claimed(second());
    complete(first(), slow);
    assertThat(load(second(), holder)).isTrue();
    assertThat(claims(first())).as("the run is still on").isEmpty();
  }

  @Test
  void renewalBeforeTheTakeOverKeepsTheLease() {
    handIn(event);
    Claim claim = claimed(first());
    pass(LEASE.minus(MOMENT));
    assertThat(renew(first(), claim)).isEmpty();
    pass(MOMENT);
    assertThat(claims(second())).isEmpty();
    pass(LEASE.minus(MOMENT));
    assertThat(claims(second())).hasSize(1);
  }

  @Test
  void renewalAfterTheLeaseRevivesNothing() {
    handIn(event);
    Claim late = claimed(first());
    pass(LEASE);
    assertThat(renew(first(), late)).as("nobody has taken over yet").containsExactly(late);
    Claim holder = claimed(second());
    assertThat(renew(first(), late)).containsExactly(late);
    assertThat(renew(second(), holder)).isEmpty();
  }

  @Test
  void publishingBeforeExpiryLeavesNothingToExpire() {
    handIn(event);
    Claim claim = heldUntilExpiry();
    publish(first(), claim, event);
    assertThat(done(second().sweep())).isZero();
    assertThat(released()).containsExactly(event.id());
  }

  @Test
  void publishingAfterExpiryReleasesNothing() {
    handIn(event);
    Claim claim = heldUntilExpiry();
    assertThat(done(second().sweep())).isEqualTo(1);
    assertThat(publish(first(), claim, event).released()).isEmpty();
    assertThat(released()).containsExactly(event.id());
  }

  @Test
  void endOfARunAfterExpiryLeavesTheQueueEmpty() {
    handIn(event);
    Claim claim = heldUntilExpiry();
    done(second().sweep());
    assertThat(complete(first(), claim)).isEmpty();
    assertThat(done(second().usage()).identifiers()).isZero();
  }

  @Test
  void eventThatComesBetweenExpiryAndTheRunsEndIsDue() {
    handIn(event);
    Claim claim = heldUntilExpiry();
    done(second().sweep());
    done(second().enqueue(new Enqueue(List.of(later), List.of(), Duration.ZERO, false)));
    assertThat(complete(first(), claim)).contains(new NextRun(Duration.ZERO, 0));
    assertThat(claims(second())).hasSize(1);
  }

  @Test
  void withdrawalBeforeTheRunAppliesLeavesNothingToApply() {
    handIn(event);
    Claim claim = claimed(first());
    assertThat(cancel(second(), event)).containsExactly(event.id());
    assertThat(begin(first(), claim, event)).contains(Set.of());
    assertThat(publish(first(), claim, event).released()).isEmpty();
    assertThat(released()).isEmpty();
  }

  @Test
  void withdrawalComesTooLateOnceTheRunApplies() {
    handIn(event);
    Claim claim = claimed(first());
    assertThat(begin(first(), claim, event)).contains(Set.of(event.id()));
    assertThat(cancel(second(), event)).isEmpty();
    assertThat(publish(first(), claim, event).released()).containsExactly(event.id());
    assertThat(cancel(second(), event)).isEmpty();
    assertThat(released()).containsExactly(event.id());
  }

  @Test
  void eventOfALostLeaseCanBeWithdrawnAgain() {
    handIn(event);
    Claim slow = claimed(first());
    begin(first(), slow, event);
    pass(LEASE);
    assertThat(cancel(second(), event)).containsExactly(event.id());
    assertThat(publish(first(), slow, event)).isEqualTo(Published.LOST);
    assertThat(released()).isEmpty();
  }

  private Claim heldUntilExpiry() {
    Claim claim = claimed(first());
    Duration step = LEASE.dividedBy(2);
    for (Duration passed = Duration.ZERO;
        passed.compareTo(EXPIRY) < 0;
        passed = passed.plus(step)) {
      pass(step);
      assertThat(renew(first(), claim)).isEmpty();
    }
    return claim;
  }

  private void handIn(GitEvent one) {
    done(first().enqueue(new Enqueue(List.of(one), List.of(), Duration.ZERO, false)));
  }

  private static List<Claimed> claims(SyncStore replica) {
    return done(replica.claimDue(10)).claimed();
  }

  private static Claim claimed(SyncStore replica) {
    List<Claimed> claims = claims(replica);
    assertThat(claims).hasSize(1);
    assertThat(claims.get(0).claim().identifier()).isEqualTo(repo("r"));
    return claims.get(0).claim();
  }

  private static boolean load(SyncStore replica, Claim claim) {
    return done(replica.load(claim, RunNote.NOTHING)).isPresent();
  }

  private static List<EventId> cancel(SyncStore replica, GitEvent one) {
    return List.copyOf(done(replica.cancel(List.of(one.id()))).keySet());
  }

  private static Optional<Set<EventId>> begin(SyncStore replica, Claim claim, GitEvent one) {
    return done(replica.begin(claim, List.of(one.id()))).map(Begun::events);
  }

  private static Set<Claim> renew(SyncStore replica, Claim claim) {
    return done(replica.renew(List.of(claim)));
  }

  private static Optional<NextRun> complete(SyncStore replica, Claim claim) {
    return done(replica.complete(claim, RunNote.NOTHING));
  }

  private static Published publish(SyncStore replica, Claim claim, GitEvent one) {
    return done(replica.publish(claim, satisfying(one.id())));
  }

  /** The events of all results so far. */
  private List<EventId> released() {
    ResultLog.Read read = done(results().read(done(results().bounds()).oldest(), 100));
    return ((ResultLog.Page) read)
        .results().stream()
            .map(StoredResult::result)
            .flatMap(result -> result.released().stream())
            .map(ReleasedEvent::id)
            .toList();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
