package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.TestRepository.ALICE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.Hold;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.testkit.StoreKind;

/**
 * Git data from servers that have only half, nothing, or move, fail or stall. Each test has its own
 * repository.
 */
@ParameterizedClass
@EnumSource
class HuntAmongServersIT extends SharedStage {

  private static final Duration SOON = Duration.ofSeconds(15);

  @BeforeParameterizedClassInvocation
  static void start(StoreKind store) {
    setUp(store, sidecar -> sidecar);
  }

  @Test
  void twoServersThatEachHaveHalfSatisfyAState() {
    try (GitHttpServer second = GitHttpServer.serving(stage.served(), "127.0.0.2")) {
      BareRepository other = stage.remote(own.name() + "-other");
      String main = own.remote().write().commits("main", 2);
      String side = other.write().commits("side", 2);
      SignedEvent announcement =
          ALICE
              .announcement(own.name())
              .cloneUrls(stage.url(own.name()), second.url(own.name() + "-other.git"))
              .sign();
      SignedEvent state =
          own.state().ref("refs/heads/main", main).ref("refs/heads/side", side).sign();

      stage.relay().enqueue(state, announcement);

      assertThat(own.watch().awaitSatisfied(SOON, state).getSourceUrlsList())
          .containsExactlyInAnyOrder(stage.url(own.name()), second.url(own.name() + "-other.git"));
      assertThat(own.hosted().hasHistoryOf(main)).isTrue();
      assertThat(own.hosted().hasHistoryOf(side)).isTrue();
    }
  }

  @Test
  void objectThatNobodyHasIsNeverReleasedAndHoldsNobodyUp() {
    String tip = own.remote().write().commits("topic", 1);
    SignedEvent possible = BOB.pullRequest(tip).to(ALICE, own.name()).sign();
    SignedEvent impossible = BOB.pullRequest("1".repeat(40)).to(ALICE, own.name()).sign();

    stage.relay().enqueue(0, List.of(impossible, possible), List.of(own.announced()));

    own.watch().awaitSatisfied(SOON, possible);
    Await.until(SOON, "further attempt", () -> own.fetches() > 3);
    assertThat(own.watch().satisfied()).doesNotContain(impossible.id().hex());
    assertThat(own.hosted().refs()).doesNotContainKey("refs/nostr/" + impossible.id());
  }

  @Test
  void serverThatFailedIsAskedAgain() {
    String main = own.remote().write().commits("main", 1);
    SignedEvent state = own.state().ref("refs/heads/main", main).sign();
    stage.server().fail(500);
    try {
      stage.relay().enqueue(state, own.announced());
      Await.until(
          SOON,
          "failed attempt",
          () -> stage.sidecar().log().contains("Fetch for " + own.name() + " from"));
      assertThat(own.watch().satisfied()).doesNotContain(state.id().hex());
    } finally {
      stage.server().answerNormally();
    }
    assertThat(own.watch().awaitSatisfied(SOON, state).getAttempts()).isGreaterThan(1);
  }

  @Test
  void secondEventDuringASlowFetchIsServedRightAfterIt() {
    String main = own.remote().write().commits("main", 1);
    String topic = own.remote().write().commits("topic", 1);
    SignedEvent state = own.state().ref("refs/heads/main", main).sign();
    SignedEvent request = BOB.pullRequest(topic).to(ALICE, own.name()).sign();
    try (Hold hold = stage.server().holdNextUploadPack()) {
      stage.relay().enqueue(state, own.announced());
      hold.awaitArrival(SOON);
      stage.relay().enqueue(request);
    }
    own.watch().awaitSatisfied(SOON, state);
    own.watch().awaitSatisfied(SOON, request);
    assertThat(own.hosted().refs()).hasSize(2);
  }

  @Test
  void redirectIsFollowed() {
    try (GitHttpServer moved = GitHttpServer.serving(stage.served())) {
      moved.redirectTo(stage.server().baseUrl());
      String main = own.remote().write().commits("main", 1);
      SignedEvent announcement =
          ALICE.announcement(own.name()).cloneUrls(moved.url(own.name() + ".git")).sign();
      SignedEvent state = own.state().ref("refs/heads/main", main).sign();
      stage.relay().enqueue(state, announcement);
      own.watch().awaitSatisfied(SOON, state);
    }
  }

  @Test
  void stalledServerDoesNotHoldUpAnother() {
    try (GitHttpServer stalled = GitHttpServer.serving(stage.served(), "127.0.0.4")) {
      Hold stall = stalled.stall();
      String other = own.name() + "-other";
      BareRepository otherHosted = stage.host(BOB, other);
      String tip = stage.remote(other).write().commits("main", 1);
      SignedEvent stuck = own.state().ref("refs/heads/main", "2".repeat(40)).sign();
      stage
          .relay()
          .enqueue(
              stuck,
              ALICE.announcement(own.name()).cloneUrls(stalled.url(own.name() + ".git")).sign());
      stall.awaitArrival(SOON);

      SignedEvent state = BOB.state(other).ref("refs/heads/main", tip).sign();
      stage.relay().enqueue(state, BOB.announcement(other).cloneUrls(stage.url(other)).sign());

      own.watch().awaitSatisfied(SOON, state);
      assertThat(otherHosted.refs()).containsOnly(Map.entry("refs/heads/main", tip));
      stall.release();
    }
  }
}
