package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.sync.OneOwner.A;
import static org.purgatory.sync.sync.OneOwner.ANNOUNCED;
import static org.purgatory.sync.sync.OneOwner.B;
import static org.purgatory.sync.sync.OneOwner.OWNER;
import static org.purgatory.sync.sync.OneOwner.id;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.GitEvent;

/** Which servers runs ask, and for what. */
class HuntingRunsTest {

  private static final Duration NOW = Duration.ZERO;

  private final EngineWorld world = OneOwner.world();

  @Test
  void collectsObjectsFromServersThatEachHaveHalf() {
    world.git.serves(A, oid(1));
    world.git.serves(B, oid(2));
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1), oid(2))), List.of(ANNOUNCED));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.results().get(0).sourceUrls())
        .containsExactlyInAnyOrder(CloneUrl.parse(A), CloneUrl.parse(B));
  }

  @Test
  void objectThatNobodyHasKeepsOnlyItsOwnEventWaiting() {
    world.git.serves(A, oid(1));
    world.enqueue(
        NOW,
        List.of(
            pullRequest(1, user(2), OWNER, "r", oid(1)),
            pullRequest(2, user(2), OWNER, "r", oid(66))),
        List.of(ANNOUNCED));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    world.pass(Duration.ofMinutes(31));
    assertThat(world.released(SyncOutcome.EXPIRED)).containsExactly(id(2));
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void pullRequestIsHuntedAtItsOwnUrlsForItsOwnObjectsOnly() {
    String fork = "https://fork.example/r.git";
    world.git.serves(fork, oid(2));
    world.enqueue(
        NOW,
        List.of(state(1, OWNER, "r", oid(1)), pullRequest(2, user(2), OWNER, "r", oid(2), fork)),
        List.of(ANNOUNCED));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(2));
    assertThat(world.git.fetches)
        .filteredOn(f -> f.url().equals(CloneUrl.parse(fork)))
        .allSatisfy(f -> assertThat(f.oids()).containsExactly(oid(2)));
  }

  @Test
  void ownDomainIsNeverAsked() {
    String own = "https://own.example/r.git";
    GitEvent ours = announcement(100, OWNER, "r", own, "https://sub.own.example/r.git");
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ours));
    assertThat(world.git.fetches)
        .extracting(f -> f.url().value())
        .containsExactly("https://sub.own.example/r.git");
  }

  @Test
  void urlThatBecomesKnownWhileTheLastOneIsTriedIsUsedAtOnce() {
    world.git.hold(A);
    world.git.serves(B, oid(1));
    world.enqueue(
        NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(announcement(150, OWNER, "r", A)));
    world.git.holdLooks("r");
    world.git.letGo();
    world.enqueue(NOW, List.of(), List.of(announcement(200, OWNER, "r", A, B)));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }
}
