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
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;

/** What leaves the queue, with which outcome, and what is moved for it. */
class SyncEngineTest {

  private static final Duration NOW = Duration.ZERO;

  private final EngineWorld world = OneOwner.world();

  @Test
  void releasesAStateWhenItsObjectsWereFetched() {
    world.git.serves(A, oid(1));
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    SyncResult result = world.results().get(0);
    assertThat(result.sourceUrls()).containsExactly(CloneUrl.parse(A));
    assertThat(result.repositories()).hasSize(1);
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void whatHasGoneAgainIsFetchedElsewhere() {
    world.git.serves(A, oid(1));
    world.git.serves(B, oid(1));
    world.git.loses();
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.git.fetches).extracting(FetchRequest::url).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void releasesWithoutAFetchWhatAPushBrought() {
    world.enqueue(Duration.ofMinutes(3), List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
    world.git.has(OWNER, oid(1));
    world.engine.trigger(repo("r"), NOW);
    world.time.settle();
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.git.fetches).isEmpty();
    assertThat(world.results().get(0).sourceUrls()).isEmpty();
  }

  @Test
  void waitingAnnouncementBringsItsUrlsAndIsReleasedFirst() {
    world.git.serves(A, oid(1));
    world.enqueue(NOW, state(1, OWNER, "r", oid(1)), ANNOUNCED);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(ANNOUNCED.id(), id(1));
    assertThat(world.results()).hasSize(1);
  }

  @Test
  void waitingAnnouncementOfARepositoryWithRefsIsReleasedAtOnce() {
    world.git.hostsWithRefs(OWNER);
    world.enqueue(NOW, ANNOUNCED);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(ANNOUNCED.id());
  }

  @Test
  void stateOfAStrangerMovesNothing() {
    world.git.serves(A, oid(1));
    world.enqueue(NOW, List.of(state(1, user(9), "r", oid(1))), List.of(ANNOUNCED));
    assertThat(world.results()).isEmpty();
    assertThat(world.git.fetches).isEmpty();
    assertThat(world.git.applied).isEmpty();
  }

  @Test
  void olderStateIsRejectedAndMovesNothing() {
    world.git.serves(A, oid(1), oid(2));
    world.enqueue(
        NOW,
        List.of(state(1, OWNER, "r", oid(1)), state(2, OWNER, "r", oid(2))),
        List.of(ANNOUNCED));
    assertThat(world.released(SyncOutcome.REJECTED)).containsExactly(id(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(2));
    assertThat(world.git.fetches).allSatisfy(f -> assertThat(f.oids()).containsExactly(oid(2)));
  }

  @Test
  void eventWaitsOnWhileItsRepositoryCannotBeWritten() {
    world.git.serves(A, oid(1));
    world.git.brokenRepositories.add(OWNER);
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
    assertThat(world.results()).isEmpty();
    world.git.brokenRepositories.clear();
    world.pass(Duration.ofSeconds(20));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @Test
  void eventOfTwoRepositoriesWaitsUntilBothHaveIt() {
    PublicKey other = user(2);
    world.git.hosts(other);
    world.git.brokenRepositories.add(other);
    world.git.serves(A, oid(1));
    GitEvent both = announcement(201, other, "r", Set.of(OWNER), B);
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED, both));
    assertThat(world.git.applied).containsExactly("1 refs/heads/b0");
    assertThat(world.results()).isEmpty();
    world.git.brokenRepositories.clear();
    world.pass(Duration.ofSeconds(20));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.git.applied).containsExactly("1 refs/heads/b0", "2 refs/heads/b0");
    assertThat(world.results().get(0).repositories()).hasSize(1);
  }

  @Test
  void strangersBrokenRepositoryOfTheSameIdentifierHoldsNobodyUp() {
    PublicKey stranger = user(2);
    world.git.hosts(stranger);
    world.git.unreadable.add(stranger);
    world.git.serves(A, oid(1));
    world.enqueue(
        NOW,
        List.of(state(1, OWNER, "r", oid(1)), state(2, stranger, "r", oid(2))),
        List.of(ANNOUNCED, announcement(101, stranger, "r", B)));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @Test
  void whatWasFetchedIsLetGoOfWhenNothingWaitsForItAnyMore() {
    world.git.serves(A, oid(1));
    GitEvent request = pullRequest(9, OWNER, OWNER, "r", oid(2));
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1)), request), List.of(ANNOUNCED));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.git.settled).isEmpty();
    world.git.serves(A, oid(2));
    world.pass(Duration.ofSeconds(20));
    assertThat(world.git.settled).containsExactly("r");
  }
}
