package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.Hold;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.ReplicaStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SidecarProcess;
import org.purgatory.sync.testkit.SignedEvent;

/** What a replica began and did not finish, another one of its group takes over. */
class TakeOverIT {

  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir Path directory;
  private ReplicaStage stage;
  private BareRepository hosted;
  private BareRepository remote;
  private SidecarProcess first;
  private Hold hold;

  @BeforeEach
  void letAReplicaHangInAFetch() {
    stage = ReplicaStage.in(directory);
    hosted = stage.host("one", ALICE, "r");
    remote = stage.remote("r");
    first = replica();
    hold = stage.server().holdNextUploadPack();
  }

  @AfterEach
  void close() {
    hold.release();
    stage.close();
    assertThat(hosted.fsck().ok()).as(hosted.fsck().output()).isTrue();
  }

  @Test
  void anotherReplicaFinishesWhatAKilledOneBegan() {
    SignedEvent state = state(1);
    stage.relay(first).enqueue(state, announced());
    hold.awaitArrival(SOON);
    RelayClient other = stage.relay(replica());

    first.kill();
    try (ResultWatch watch = other.watch()) {
      watch.awaitSatisfied(LEASE.plusSeconds(5), state);
      assertThat(watch.results()).hasSize(1);
      assertThat(hosted.refs()).hasSize(1);
    }
  }

  @Test
  void replicaThatStoodStillForLongerThanItsLeaseChangesNothing() {
    SignedEvent older = state(1);
    stage.relay(first).enqueue(older, announced());
    hold.awaitArrival(SOON);
    RelayClient other = stage.relay(replica());

    first.pause();
    try (ResultWatch watch = other.watch()) {
      watch.awaitSatisfied(SOON, older);
      SignedEvent newer = state(2);
      other.enqueue(newer, announced());
      watch.awaitSatisfied(SOON, newer);
      Map<String, String> refs = hosted.refs();

      hold.release();
      first.resume();
      // By the time that it has done something else, it would have done harm too.
      SignedEvent another = ALICE.state("another").ref("refs/heads/main", main()).sign();
      stage.host("one", ALICE, "another");
      stage
          .relay(first)
          .enqueue(another, ALICE.announcement("another").cloneUrls(stage.url("r")).sign());
      watch.awaitSatisfied(SOON, another);
      assertThat(hosted.refs()).isEqualTo(refs);
      assertThat(watch.satisfied()).isEqualTo(RelayClient.ids(older, newer, another));
    }
  }

  private SidecarProcess replica() {
    return stage.replica(
        "one",
        sidecar ->
            sidecar
                .config("purgatory.sync.lease", LEASE)
                .config("purgatory.throttle.max-per-minute", 1000));
  }

  private SignedEvent state(int version) {
    String main = remote.write().commit("main", "Version " + version);
    return ALICE.state("r").ref("refs/heads/main", main).createdAt(1_000_000 + version).sign();
  }

  private SignedEvent announced() {
    return ALICE.announcement("r").cloneUrls(stage.url("r")).sign();
  }

  private String main() {
    return remote.refs().get("refs/heads/main");
  }
}
