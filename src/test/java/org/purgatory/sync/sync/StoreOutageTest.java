package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.testkit.LogTap;

/** What the engine makes of a store that is away for a while, or whose answers get lost. */
class StoreOutageTest {

  private static final String A = "https://a.example/r.git";
  private static final String B = "https://b.example/r.git";
  private static final Duration NOW = Duration.ZERO;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration CALM = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final EngineWorld world = new EngineWorld();
  private final LogTap log = LogTap.on("org.purgatory.sync.sync");
  private final PublicKey owner = user(1);
  private final GitEvent onlyA = announcement(100, owner, "r", A);

  @BeforeEach
  void hostTheRepository() {
    world.git.hosts(owner);
    world.git.serves(A, oid(1), oid(2));
  }

  @AfterEach
  void close() {
    log.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 59, 61, 90, 600, 1200})
  void whatWasFetchedIsPublishedWhenTheStoreIsBack(int secondsAway) {
    startHeldFetch();
    world.line.cut();
    world.git.letGo();
    ticksFor(Duration.ofSeconds(secondsAway));
    assertThat(world.results()).isEmpty();

    world.line.mend();
    world.pass(LEASE.plus(SECOND));

    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.git.fetches).hasSize(1);
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void whatAStopBreaksOffIsNoOutage() {
    world.line.cut();
    world.engine.stop();
    world.engine.sweep();
    assertThat(log.warnings()).isEmpty();
  }

  /** Found by the simulation: both runs fetched, and one of them for nothing. */
  @Test
  void runThatWasTakenOverWhileItAskedForAPermitFetchesNothing() {
    world.git.holdLooks("r");
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(onlyA));
    world.line.cut();
    world.git.letGo();
    ticksFor(LEASE.plus(SECOND));
    world.line.mend();
    world.engine.tick();
    world.pass(CALM);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.git.fetches).hasSize(1);
  }

  @Test
  void shortOutageDelaysTheResultBySecondsOnly() {
    startHeldFetch();
    world.line.cut();
    world.git.letGo();
    ticksFor(Duration.ofSeconds(30));
    world.line.mend();
    world.pass(SECOND);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.ends).containsExactly(RunEnd.COMPLETE);
  }

  @Test
  void eventsOfSeveralServersHaveOneResultEachAcrossAnOutage() {
    world.git.hold(A);
    world.git.hold(B);
    world.git.serves(B, oid(3));
    world.enqueue(
        NOW,
        List.of(state(1, owner, "r", oid(1)), pullRequest(2, user(2), owner, "r", oid(3), B)),
        List.of(onlyA));
    world.line.cut();
    world.git.letGo();
    ticksFor(Duration.ofSeconds(10));
    world.line.mend();
    world.pass(LEASE);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactlyInAnyOrder(id(1), id(2));
  }

  @Test
  void publishingWhoseAnswerGotLostMakesNoSecondResult() {
    startHeldFetch();
    world.line.loseNextAnswerOf("publish");
    world.git.letGo();
    world.pass(LEASE.multipliedBy(3));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.results()).hasSize(1);
    assertThat(world.queueSize()).isZero();
    assertThat(world.git.fetches).hasSize(1);
  }

  @Test
  void publishingWhoseAnswerGotLostLeavesTheOtherEventsToTheSameRun() {
    world.git.hold(A);
    world.enqueue(
        NOW,
        List.of(state(1, owner, "r", oid(1)), pullRequest(2, user(2), owner, "r", oid(3), B)),
        List.of(onlyA));
    world.git.serves(B, oid(3));
    world.line.loseNextAnswerOf("publish");
    world.git.letGo();
    world.pass(Duration.ofSeconds(5));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactlyInAnyOrder(id(1), id(2));
    assertThat(world.ends).containsExactly(RunEnd.COMPLETE);
  }

  @Test
  void everyAnswerMayGetLostOnce() {
    world.line.loseNextAnswerOf(
        "claimDue", "load", "renew", "publish", "complete", "tryAcquire", "release", "leaveAllBut");
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(onlyA));
    ticksFor(LEASE.multipliedBy(3));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.results()).hasSize(1);
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void runThatEndedInAnOutageIsDueAgainByItself() {
    world.git.hold(A);
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(9))), List.of(onlyA));
    world.line.cut();
    world.git.letGo();
    ticksFor(Duration.ofSeconds(10));
    world.line.mend();
    world.pass(Duration.ofSeconds(2));
    assertThat(world.ends).containsExactly(RunEnd.NO_MORE_URLS);
    assertThat(world.backoffs).containsExactly(Duration.ofSeconds(20));
    world.git.serves(A, oid(9));
    world.pass(Duration.ofSeconds(20));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @Test
  void loopGoesOnByItselfWhenTheStoreIsBack() {
    world.enqueue(SECOND, List.of(state(1, owner, "r", oid(1))), List.of(onlyA));
    world.line.cut();
    world.pass(Duration.ofMinutes(5));
    world.line.mend();
    world.pass(SECOND);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void outageIsToldOncePerPartAndSoIsItsEnd(boolean withExceptions) {
    startHeldFetch();
    if (withExceptions) {
      world.line.cutWithExceptions();
    } else {
      world.line.cut();
    }
    ticksFor(Duration.ofSeconds(50));
    assertThat(log.warnings())
        .hasSize(4)
        .allMatch(warning -> warning.endsWith("the store is away"))
        .anyMatch(warning -> warning.startsWith("Claiming work fails"))
        .anyMatch(warning -> warning.startsWith("Renewing the leases of runs fails"))
        .anyMatch(warning -> warning.startsWith("Renewing the permits of fetches fails"))
        .anyMatch(warning -> warning.startsWith("Expiring events fails"));
    assertThat(log.stackTraces()).isEmpty();
    world.line.mend();
    ticksFor(CALM.plus(SECOND));
    assertThat(log.infos()).containsExactly("Claiming work works again, after failing for 50 s");
    ticksFor(LEASE);
    assertThat(log.infos()).hasSize(4);
  }

  @Test
  void secondOutageIsToldAgain() {
    for (int outages = 1; outages <= 3; outages++) {
      world.line.cut();
      ticksFor(LEASE);
      world.line.mend();
      ticksFor(LEASE);
      assertThat(log.warnings()).filteredOn(w -> w.startsWith("Claiming work")).hasSize(outages);
    }
  }

  @Test
  void fetchWhosePermitIsGoneIsAbortedAndTheRunGoesOn() {
    GitEvent both = announcement(100, owner, "r", A, B);
    world.git.hold(A);
    world.git.serves(B, oid(1));
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(both));
    CloneUrl held = world.git.fetches.get(0).url();
    Permit first = new Permit(held.origin(), 1);
    world.throttle.release(new PermitUse(first, Optional.empty()), new ExchangeSign.NoSign());
    world.pass(Duration.ofSeconds(21));
    assertThat(world.git.aborted).containsExactly(held);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @Test
  void fetchIsAbortedBeforeItsPermitCanHaveEndedUnnoticed() {
    startHeldFetch();
    world.line.cut();
    world.pass(LEASE.minusSeconds(4));
    assertThat(world.git.aborted).isEmpty();
    world.pass(Duration.ofSeconds(3));
    assertThat(world.git.aborted).hasSize(1);
    world.line.mend();
    world.git.letGo();
    world.pass(LEASE.multipliedBy(2));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @Test
  void permitThatCouldNotBeGivenBackIsGivenBackWhenTheStoreIsBack() {
    world.git.hold(A);
    for (int i = 1; i <= 5; i++) {
      world.git.serves(A, oid(10 + i));
      world.enqueue(
          NOW,
          List.of(state(i, owner, "r" + i, oid(10 + i))),
          List.of(announcement(100 + i, owner, "r" + i, A)));
    }
    world.line.cut();
    world.git.letGo();
    ticksFor(Duration.ofSeconds(5));
    world.line.mend();
    world.enqueue(
        NOW, List.of(state(6, owner, "r6", oid(1))), List.of(announcement(106, owner, "r6", A)));
    world.pass(SECOND);
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(6);
  }

  /** A run whose fetch hangs in the air. */
  private void startHeldFetch() {
    world.git.hold(A);
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(onlyA));
    assertThat(world.git.fetches).hasSize(1);
  }

  /** As the scheduler ticks. */
  private void ticksFor(Duration duration) {
    for (long s = 0; s < duration.toSeconds(); s++) {
      world.engine.tick();
      world.pass(SECOND);
    }
  }

  private static EventId id(int n) {
    return state(n, user(1), "r").id();
  }
}
