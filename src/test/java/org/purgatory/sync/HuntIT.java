package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EventDraft;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.Hold;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.testkit.StoreKind;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.PendingEventState;
import org.purgatory.sync.v1.RefChange;
import org.purgatory.sync.v1.SyncResult;
import org.purgatory.sync.v1.TriggerImmediateSyncResponse;

/**
 * The main job: an event in, its git data fetched, its id out. Each test has its own repository.
 */
@ParameterizedClass
@EnumSource
class HuntIT {

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final EventSigner BOB = EventSigner.seeded("bob");
  private static final String ZEROS = "0".repeat(40);

  @TempDir static Path directory;
  private static RelayStage stage;

  @Parameter StoreKind store;

  private String repo;
  private BareRepository hosted;
  private BareRepository remote;
  private ResultWatch watch;

  @BeforeParameterizedClassInvocation
  static void start(StoreKind store) {
    stage =
        RelayStage.in(
            directory.resolve(store.name()),
            store,
            sidecar ->
                sidecar
                    .config("purgatory.throttle.max-per-minute", 10_000)
                    .config("purgatory.sync.backoff-base", "300ms")
                    .config("purgatory.sync.backoff-max", "1s"));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void makeRepositories(TestInfo test) {
    repo = test.getTestMethod().orElseThrow().getName();
    hosted = stage.host(ALICE, repo);
    remote = stage.remote(repo);
    watch = stage.relay().watch();
  }

  /** Whatever a test did: what the relay hosts is sound and complete. */
  @AfterEach
  void everythingIsSound() {
    watch.close();
    assertThat(hosted.fsck().ok()).as(hosted.fsck().output()).isTrue();
  }

  @Test
  void stateIsSatisfiedAndItsRefsAreInPlace() {
    String main = remote.write().commits("main", 3);
    String tag = remote.write().tag("v1", main, "One");
    SignedEvent state =
        ALICE
            .state(repo)
            .ref("refs/heads/main", main)
            .ref("refs/tags/v1", tag)
            .head("refs/heads/main")
            .sign();

    stage.relay().enqueue(state, announced());

    SyncResult result = watch.awaitSatisfied(SOON, state);
    assertThat(hosted.refs())
        .containsOnly(Map.entry("refs/heads/main", main), Map.entry("refs/tags/v1", tag));
    assertThat(hosted.head()).isEqualTo("refs/heads/main");
    assertThat(hosted.hasHistoryOf(main)).isTrue();
    assertThat(result.getSourceUrlsList()).containsExactly(stage.url(repo));
    assertThat(result.getReleased(0).getKind()).isEqualTo(30618);
    assertThat(result.getAttempts()).isOne();
    assertThat(result.getRepositories(0).getPath())
        .isEqualTo(ALICE.publicKey().npub() + "/" + repo + ".git");
    assertThat(result.getRepositories(0).getRefsList())
        .contains(
            RefChange.newBuilder()
                .setName("refs/heads/main")
                .setOldOid(ZEROS)
                .setNewOid(main)
                .build());
  }

  @Test
  void newerStateMovesAndDeletesRefs() {
    String first = remote.write().commits("main", 2);
    String side = remote.write().commit("side", "On the side");
    SignedEvent old = state().ref("refs/heads/main", first).ref("refs/heads/side", side).sign();
    stage.relay().enqueue(old, announced());
    watch.awaitSatisfied(SOON, old);
    String second = remote.write().commit("main", "More");

    SignedEvent newer = state().createdAt(2_000_000_000).ref("refs/heads/main", second).sign();
    stage.relay().enqueue(newer);

    watch.awaitSatisfied(SOON, newer);
    assertThat(hosted.refs()).containsOnly(Map.entry("refs/heads/main", second));
  }

  @Test
  void waitingAnnouncementIsReleasedFirstInTheSameResult() {
    String main = remote.write().commits("main", 1);
    SignedEvent announcement = announced();
    SignedEvent state = state().ref("refs/heads/main", main).sign();

    stage.relay().enqueue(0, List.of(state, announcement), List.of());

    assertThat(watch.awaitSatisfied(SOON, state).getEventIdsList())
        .containsExactlyElementsOf(RelayClient.ids(announcement, state));
  }

  @Test
  void pullRequestIsSatisfiedFromItsOwnCloneUrl() {
    BareRepository fork = stage.remote(repo + "-fork");
    String tip = fork.write().commits("topic", 2);
    SignedEvent request =
        BOB.pullRequest(tip).to(ALICE, repo).cloneUrls(stage.url(repo + "-fork")).sign();

    stage.relay().enqueue(request, announced());

    SyncResult result = watch.awaitSatisfied(SOON, request);
    assertThat(hosted.refs()).containsOnly(Map.entry("refs/nostr/" + request.id(), tip));
    assertThat(result.getSourceUrlsList()).containsExactly(stage.url(repo + "-fork"));
  }

  @Test
  void twoServersThatEachHaveHalfSatisfyAState() {
    try (GitHttpServer second = GitHttpServer.serving(stage.served(), "127.0.0.2")) {
      BareRepository other = stage.remote(repo + "-other");
      String main = remote.write().commits("main", 2);
      String side = other.write().commits("side", 2);
      SignedEvent announcement =
          ALICE
              .announcement(repo)
              .cloneUrls(stage.url(repo), second.url(repo + "-other.git"))
              .sign();
      SignedEvent state = state().ref("refs/heads/main", main).ref("refs/heads/side", side).sign();

      stage.relay().enqueue(state, announcement);

      assertThat(watch.awaitSatisfied(SOON, state).getSourceUrlsList())
          .containsExactlyInAnyOrder(stage.url(repo), second.url(repo + "-other.git"));
      assertThat(hosted.hasHistoryOf(main)).isTrue();
      assertThat(hosted.hasHistoryOf(side)).isTrue();
    }
  }

  @Test
  void objectThatNobodyHasIsNeverReleasedAndHoldsNobodyUp() {
    String tip = remote.write().commits("topic", 1);
    SignedEvent possible = BOB.pullRequest(tip).to(ALICE, repo).sign();
    SignedEvent impossible = BOB.pullRequest("1".repeat(40)).to(ALICE, repo).sign();

    stage.relay().enqueue(0, List.of(impossible, possible), List.of(announced()));

    watch.awaitSatisfied(SOON, possible);
    Await.until(SOON, "further attempt", () -> fetches() > 3);
    assertThat(watch.satisfied()).doesNotContain(impossible.id().hex());
    assertThat(hosted.refs()).doesNotContainKey("refs/nostr/" + impossible.id());
  }

  @Test
  void serverThatFailedIsAskedAgain() {
    String main = remote.write().commits("main", 1);
    SignedEvent state = state().ref("refs/heads/main", main).sign();
    stage.server().fail(500);
    try {
      stage.relay().enqueue(state, announced());
      Await.until(
          SOON,
          "failed attempt",
          () -> stage.sidecar().log().contains("Fetch for " + repo + " from"));
      assertThat(watch.satisfied()).doesNotContain(state.id().hex());
    } finally {
      stage.server().answerNormally();
    }
    assertThat(watch.awaitSatisfied(SOON, state).getAttempts()).isGreaterThan(1);
  }

  @Test
  void pushBeforeTheTriggerNeedsNoFetch() {
    String main = remote.write().commits("main", 2);
    SignedEvent state = state().ref("refs/heads/main", main).sign();
    stage.relay().enqueue(180_000, List.of(state), List.of(announced()));
    remote.copyHistory(hosted, main);

    TriggerImmediateSyncResponse triggered = stage.relay().trigger(repo);

    assertThat(triggered.getScheduled()).isTrue();
    assertThat(triggered.getPendingEvents()).isOne();
    assertThat(watch.awaitSatisfied(SOON, state).getSourceUrlsList()).isEmpty();
    assertThat(fetches()).isZero();
    assertThat(hosted.refs()).containsOnly(Map.entry("refs/heads/main", main));
  }

  @Test
  void secondEventDuringASlowFetchIsServedRightAfterIt() {
    String main = remote.write().commits("main", 1);
    String topic = remote.write().commits("topic", 1);
    SignedEvent state = state().ref("refs/heads/main", main).sign();
    SignedEvent request = BOB.pullRequest(topic).to(ALICE, repo).sign();
    try (Hold hold = stage.server().holdNextUploadPack()) {
      stage.relay().enqueue(state, announced());
      hold.awaitArrival(SOON);
      stage.relay().enqueue(request);
    }
    watch.awaitSatisfied(SOON, state);
    watch.awaitSatisfied(SOON, request);
    assertThat(hosted.refs()).hasSize(2);
  }

  @Test
  void redirectIsFollowed() {
    try (GitHttpServer moved = GitHttpServer.serving(stage.served())) {
      moved.redirectTo(stage.server().baseUrl());
      String main = remote.write().commits("main", 1);
      SignedEvent announcement =
          ALICE.announcement(repo).cloneUrls(moved.url(repo + ".git")).sign();
      SignedEvent state = state().ref("refs/heads/main", main).sign();
      stage.relay().enqueue(state, announcement);
      watch.awaitSatisfied(SOON, state);
    }
  }

  @Test
  void stalledServerDoesNotHoldUpAnother() {
    try (GitHttpServer stalled = GitHttpServer.serving(stage.served(), "127.0.0.4")) {
      Hold stall = stalled.stall();
      String other = repo + "-other";
      BareRepository otherHosted = stage.host(BOB, other);
      String tip = stage.remote(other).write().commits("main", 1);
      SignedEvent stuck = state().ref("refs/heads/main", "2".repeat(40)).sign();
      stage
          .relay()
          .enqueue(stuck, ALICE.announcement(repo).cloneUrls(stalled.url(repo + ".git")).sign());
      stall.awaitArrival(SOON);

      SignedEvent state = BOB.state(other).ref("refs/heads/main", tip).sign();
      stage.relay().enqueue(state, BOB.announcement(other).cloneUrls(stage.url(other)).sign());

      watch.awaitSatisfied(SOON, state);
      assertThat(otherHosted.refs()).containsOnly(Map.entry("refs/heads/main", tip));
      stall.release();
    }
  }

  @Test
  void identifierMayHoldSpacesColonsAndEmoji() {
    String name = "my 🚀 repo: two";
    BareRepository odd = stage.host(ALICE, name);
    String main = stage.remote(name).write().commits("main", 1);
    SignedEvent state = ALICE.state(name).ref("refs/heads/main", main).sign();

    stage.relay().enqueue(state, ALICE.announcement(name).cloneUrls(stage.url(name)).sign());

    watch.awaitSatisfied(SOON, state);
    assertThat(odd.refs()).containsOnly(Map.entry("refs/heads/main", main));
  }

  @Test
  void sameEventAgainIsAnsweredByItsState() {
    String main = remote.write().commits("main", 1);
    SignedEvent state = state().ref("refs/heads/main", main).sign();
    assertThat(stateOf(stage.relay().enqueue(60_000, List.of(state), List.of(announced()))))
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_QUEUED);
    assertThat(stateOf(stage.relay().enqueue(state)))
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_ALREADY_PENDING);
    stage.relay().trigger(repo);
    watch.awaitSatisfied(SOON, state);
    assertThat(stateOf(stage.relay().enqueue(state)))
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_SATISFIED);
  }

  /** How often the test's own repository was asked for; others may be retried meanwhile. */
  private long fetches() {
    return stage.server().traffic().fetches().stream()
        .filter(fetch -> fetch.repository().contains(repo))
        .count();
  }

  private static PendingEventState stateOf(EnqueueSyncResponse response) {
    return response.getEvents(0).getState();
  }

  private SignedEvent announced() {
    return ALICE.announcement(repo).cloneUrls(stage.url(repo)).sign();
  }

  private EventDraft state() {
    return ALICE.state(repo);
  }
}
