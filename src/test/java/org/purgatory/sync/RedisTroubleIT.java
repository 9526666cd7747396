package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.Hold;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.ReplicaStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SidecarProcess;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.WatchSyncResultsRequest;

/** Redis going away, coming back, slowing down and losing everything, under a working sidecar. */
class RedisTroubleIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir Path directory;
  private ReplicaStage stage;
  private SidecarProcess sidecar;
  private RelayClient relay;
  private BareRepository hosted;
  private BareRepository remote;
  private String repo;
  private int versions;

  @BeforeEach
  void start(TestInfo test) {
    repo = test.getTestMethod().orElseThrow().getName();
    stage = ReplicaStage.in(directory);
    hosted = stage.host("one", ALICE, repo);
    remote = stage.remote(repo);
    sidecar = replica();
    relay = stage.relay(sidecar);
  }

  @AfterEach
  void close() {
    stage.close();
    assertThat(hosted.fsck().ok()).as(hosted.fsck().output()).isTrue();
  }

  @Test
  void fetchThatFinishesWhileRedisIsAwayIsPublishedWhenItIsBack() {
    SignedEvent state = state();
    Hold hold = stage.server().holdNextUploadPack();
    relay.enqueue(state, announced());
    hold.awaitArrival(SOON);

    stage.redis().kill();
    hold.release();
    Await.until(SOON, "outage noticed", () -> !sidecar.isReady());
    StatusRuntimeException failure = refusal();
    assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failure.getStatus().getDescription()).contains("Redis");

    stage.redis().start();
    Await.until(SOON, "readiness", sidecar::isReady);
    try (ResultWatch watch = relay.watch()) {
      watch.awaitSatisfied(SOON, state);
      assertThat(watch.results()).hasSize(1);
    }
    assertThat(stage.server().traffic().fetchesStarted()).isOne();
  }

  @Test
  void watcherLearnsOfTheOutageAndMissesNothing() {
    SignedEvent before = satisfied();
    ResultWatch watch = relay.watch();
    watch.awaitSatisfied(SOON, before);
    stage.redis().kill();
    Await.until(SOON, "end of the stream", () -> watch.end().isPresent());
    assertThat(watch.end().orElseThrow().getCode()).isEqualTo(Code.UNAVAILABLE);
    stage.redis().start();
    Await.until(SOON, "readiness", sidecar::isReady);

    SignedEvent after = satisfied();
    try (ResultWatch resumed =
        relay.watch(
            WatchSyncResultsRequest.newBuilder().setResumeToken(watch.lastToken()).build())) {
      resumed.awaitSatisfied(SOON, after);
      assertThat(resumed.satisfied()).isEqualTo(RelayClient.ids(after));
    }
  }

  @Test
  void redisThatStandsStillCostsACallerNoMoreThanItsDeadline() {
    stage.redis().pause();
    StatusRuntimeException failure = refusal();
    assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
    stage.redis().resume();
    Await.until(SOON, "readiness", sidecar::isReady);
    SignedEvent state = satisfied();
    try (ResultWatch watch = relay.watch()) {
      watch.awaitSatisfied(SOON, state);
    }
  }

  @Test
  void redisThatLostEverythingIsStartedAfreshAndSaidSo() {
    SignedEvent state = satisfied();
    ResultWatch watch = relay.watch();
    watch.awaitSatisfied(SOON, state);
    String token = watch.lastToken();
    watch.close();

    stage.redis().call("FLUSHALL");
    Await.until(SOON, "warning", () -> sidecar.log().contains("lost"));
    try (ResultWatch resumed =
        relay.watch(WatchSyncResultsRequest.newBuilder().setResumeToken(token).build())) {
      Await.until(SOON, "end of the stream", () -> resumed.end().isPresent());
      assertThat(resumed.end().orElseThrow().getCode()).isEqualTo(Code.OUT_OF_RANGE);
    }
    relay.enqueue(state, announced());
    try (ResultWatch again = relay.watch()) {
      again.awaitSatisfied(SOON, state);
    }
  }

  @Test
  void tokensAreValidOnEveryReplicaAndAcrossRestarts() {
    SignedEvent one = satisfied();
    ResultWatch watch = relay.watch();
    watch.awaitSatisfied(SOON, one);
    String token = watch.lastToken();
    watch.close();
    sidecar.kill();

    RelayClient other = stage.relay(replica());
    WatchSyncResultsRequest resume =
        WatchSyncResultsRequest.newBuilder().setResumeToken(token).build();
    try (ResultWatch resumed = other.watch(resume)) {
      SignedEvent two = state();
      other.enqueue(two, announced());
      resumed.awaitSatisfied(SOON, two);
      assertThat(resumed.satisfied()).isEqualTo(RelayClient.ids(two));
    }
  }

  private SidecarProcess replica() {
    return stage.replica(
        "one",
        builder ->
            builder
                .config("purgatory.sync.lease", "10s")
                .config("purgatory.sync.backoff-base", "1s")
                .config("purgatory.throttle.max-per-minute", 1000));
  }

  private StatusRuntimeException refusal() {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> relay.enqueue(state(), announced()));
  }

  private SignedEvent satisfied() {
    SignedEvent state = state();
    relay.enqueue(state, announced());
    return state;
  }

  private SignedEvent state() {
    versions++;
    String main = remote.write().commit("main", "Version " + versions);
    return ALICE.state(repo).ref("refs/heads/main", main).createdAt(1_000_000 + versions).sign();
  }

  private SignedEvent announced() {
    return ALICE.announcement(repo).cloneUrls(stage.url(repo)).sign();
  }
}
