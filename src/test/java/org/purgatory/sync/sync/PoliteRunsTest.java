package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.PublicKey;

/** Runs whose servers ask for patience, or cannot be reached. */
class PoliteRunsTest {

  private static final String A = "https://a.example/r.git";
  private static final String SAME_HOST = "https://a.example:8443/r.git";
  private static final String B = "https://b.example/r.git";
  private static final Duration NOW = Duration.ZERO;
  private static final ExchangeSign CLOSED = new ExchangeSign.Unreachable(CircuitCause.UNREACHABLE);

  private final EngineWorld world = new EngineWorld();
  private final PublicKey owner = user(1);

  @BeforeEach
  void hostTheRepositories() {
    world.git.hosts(owner);
  }

  @Test
  void nobodyAsksADomainBeforeItsTimeAndEverybodyIsServedThen() {
    world.git.serves(A, oid(1), oid(2), oid(3), oid(4), oid(5));
    world.git.fails(A, FetchFailure.RATE_LIMITED, patience(30));
    enqueue(1, "first", A);
    world.git.mends(A);
    for (int i = 2; i <= 5; i++) {
      enqueue(i, "r" + i, A);
    }
    world.pass(Duration.ofSeconds(30).minusMillis(1));
    assertThat(world.git.fetches).hasSize(1);
    world.pass(Duration.ofMillis(1));
    assertThat(world.git.fetches).hasSize(6);
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(5);
  }

  @Test
  void runGoesOnElsewhereWhileAServerWantsNobody() {
    world.git.fails(A, FetchFailure.RATE_LIMITED, patience(3600));
    world.git.serves(B, oid(1));
    enqueue(1, "r", A, B);
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(1);
  }

  @Test
  void closedPortIsTriedOnceAndAnotherServerOfItsHostIsNotHeldBack() {
    world.git.fails(A, FetchFailure.UNREACHABLE, CLOSED);
    enqueue(1, "first", A);
    world.git.serves(SAME_HOST, oid(2));
    enqueue(2, "second", A, SAME_HOST);
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(1);
    assertThat(world.git.fetches)
        .extracting(FetchRequest::url)
        .containsExactly(CloneUrl.parse(A), CloneUrl.parse(SAME_HOST));
    assertThat(world.skipped).isEqualTo(1);
  }

  @Test
  void runThatFindsOnlyServersThatAreNotTriedBacksOff() {
    world.git.fails(A, FetchFailure.UNREACHABLE, CLOSED);
    enqueue(1, "r", A);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.ends).containsExactly(RunEnd.NO_MORE_URLS, RunEnd.NO_MORE_URLS);
    assertThat(world.backoffs).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(40));
    assertThat(world.git.fetches).hasSize(1);
    assertThat(world.skipped).isEqualTo(1);
    world.git.mends(A);
    world.git.serves(A, oid(1));
    world.pass(Duration.ofSeconds(40));
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(1);
  }

  @Test
  void runThatStandsInLineForAServerThatFailedMeanwhileLetsTheOthersGo() {
    world.git.serves(SAME_HOST, oid(2), oid(3), oid(4), oid(5), oid(7));
    world.git.fails(A, FetchFailure.UNREACHABLE, CLOSED);
    world.git.hold(A);
    world.git.hold(SAME_HOST);
    enqueue(1, "fails", A);
    for (int i = 2; i <= 5; i++) {
      enqueue(i, "busy" + i, SAME_HOST);
    }
    enqueue(6, "waits", A);
    enqueue(7, "behind", SAME_HOST);
    world.git.letGo();
    world.time.settle();
    assertThat(world.git.fetches).hasSize(6);
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(5);
    assertThat(world.skipped).isEqualTo(1);
  }

  private void enqueue(int number, String identifier, String... urls) {
    world.enqueue(
        NOW,
        List.of(state(number, owner, identifier, oid(number))),
        List.of(announcement(100 + number, owner, identifier, urls)));
  }

  private static ExchangeSign patience(int seconds) {
    return new ExchangeSign.AskedForPatience(Duration.ofSeconds(seconds));
  }
}
