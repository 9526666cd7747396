package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.sync.SampleWork.work;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.HostedRepository.Standing;

/** A state that the relay serves already comes to the repositories that have not had it. */
class ServedStateTest {

  private static final String URL = "https://a.example/r.git";
  private static final PublicKey ALICE = user(1);
  private static final PublicKey BOB = user(2);
  private static final PublicKey MALLORY = user(3);
  private static final GitEvent ALICES = announcement(101, ALICE, "r", Set.of(BOB), URL);
  private static final GitEvent BOBS = announcement(102, BOB, "r", Set.of(ALICE), URL);
  private static final RepositoryState SERVED = state(50, ALICE, "r", oid(1));
  private static final GitEvent REQUEST = pullRequest(60, MALLORY, ALICE, "r", oid(2));

  private final EngineWorld world = new EngineWorld();

  @Test
  void comaintainersRepositoryIsFilledAndItsAnnouncementReleasedWithIt() {
    world.git.hosts(ALICE);
    world.git.serves(URL, oid(1));
    world.enqueue(Duration.ZERO, List.of(SERVED), List.of(ALICES));
    world.git.hosts(BOB);

    world.enqueue(Duration.ZERO, BOBS);

    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(SERVED.id(), BOBS.id());
    assertThat(world.git.applied).containsExactly("1 refs/heads/b0", "2 refs/heads/b0");
    assertThat(world.results().get(1).repositories()).hasSize(1);
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void isHuntedIfItsObjectsAreNotHere() {
    world.git.hosts(BOB);
    world.git.serves(URL, oid(1));

    world.enqueue(Duration.ZERO, List.of(BOBS), List.of(ALICES, SERVED));

    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(BOBS.id());
    assertThat(world.git.applied).containsExactly("2 refs/heads/b0");
  }

  @Test
  void thatCannotBeFoundHoldsNobodyUp() {
    world.git.hosts(BOB);
    world.git.serves(URL, oid(2));

    world.enqueue(Duration.ZERO, List.of(REQUEST), List.of(ALICES, BOBS, SERVED));

    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(REQUEST.id());
  }

  @Test
  void isNotReleasedOnceMore() {
    world.git.hosts(ALICE);
    world.git.serves(URL, oid(1), oid(2));

    world.enqueue(Duration.ZERO, List.of(REQUEST), List.of(ALICES, SERVED));

    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(REQUEST.id());
    assertThat(world.git.applied).hasSize(2).contains("1 refs/heads/b0");
  }

  @Test
  void decidesOverARepositoryWithoutBranchesAndTags() {
    assertThat(served(at(Standing.EMPTY, null))).contains(SERVED.id());
    assertThat(served(HostedRepository.usable(false))).contains(SERVED.id());
  }

  @Test
  void neverRollsBackAPush() {
    assertThat(served(HostedRepository.usable(true))).isEmpty();
    assertThat(served(at(Standing.CHANGED, state(49, ALICE, "r", oid(9))))).isEmpty();
  }

  @Test
  void replacesAnOlderOneThatNobodyHasTouchedSince() {
    assertThat(served(at(Standing.AS_APPLIED, state(49, ALICE, "r", oid(9)))))
        .contains(SERVED.id());
    assertThat(served(at(Standing.AS_APPLIED, state(51, MALLORY, "r", oid(9)))))
        .contains(SERVED.id());
  }

  @Test
  void isTriedAgainWhereItCouldNotBeWritten() {
    assertThat(served(at(Standing.AS_BEFORE, SERVED))).contains(SERVED.id());
  }

  @Test
  void isLeftAloneWhereItOrANewerOneHasBeen() {
    assertThat(served(at(Standing.AS_APPLIED, SERVED))).isEmpty();
    assertThat(served(at(Standing.AS_APPLIED, state(51, BOB, "r", oid(9))))).isEmpty();
  }

  @Test
  void waitsForNoOneWhenAPendingOneIsNewer() {
    RepositoryState newer = state(70, BOB, "r", oid(3));
    WorkPlan plan = plan(HostedRepository.usable(false), newer);
    assertThat(plan.repositories().get(0).state()).contains(newer);
    assertThat(plan.repositories().get(0).served()).isEmpty();
  }

  @Test
  void thatNamesNoObjectIsNotBroughtToAnEmptyRepositoryAgainAndAgain() {
    RepositoryState empty = state(71, ALICE, "r");
    WorkPlan plan =
        WorkPlanner.plan(
            work(List.of(REQUEST), List.of(ALICES, empty)),
            Map.of(ALICE, HostedRepository.usable(false)));
    assertThat(plan.servable(Map.of(plan.sources().get(0).family(), Set.of()))).isEmpty();
  }

  @Test
  void stateWithoutRefsReleasesTheAnnouncementThatWaitsWithIt() {
    world.git.hosts(ALICE);
    GitEvent empty = state(72, BOB, "r");

    world.enqueue(Duration.ZERO, empty, ALICES);

    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(ALICES.id(), empty.id());
    assertThat(world.git.applied).isEmpty();
  }

  @Test
  void stateWithoutRefsOfAStrangerReleasesNothing() {
    world.git.hosts(ALICE);

    world.enqueue(Duration.ZERO, state(72, MALLORY, "r"), ALICES);

    assertThat(world.released(SyncOutcome.SATISFIED)).isEmpty();
  }

  private static HostedRepository at(Standing standing, RepositoryState applied) {
    return new HostedRepository(
        true,
        standing,
        Optional.ofNullable(applied)
            .map(s -> new AppliedState(s.id(), s.author(), s.event().createdAt())),
        Optional.empty());
  }

  private static Optional<EventId> served(HostedRepository repository) {
    return plan(repository, REQUEST).repositories().get(0).served().map(GitEvent::id);
  }

  private static WorkPlan plan(HostedRepository repository, GitEvent pending) {
    return WorkPlanner.plan(
        work(List.of(pending), List.of(ALICES, SERVED)), Map.of(ALICE, repository));
  }
}
