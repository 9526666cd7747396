package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.sync.SampleWork.work;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.HostedRepository.Standing;

class SupersededTest {

  private static final PublicKey ALICE = user(1);
  private static final PublicKey BOB = user(2);
  private static final GitEvent ALICES =
      announcement(101, ALICE, "r", Set.of(BOB), "https://a.example/r");
  private static final RepositoryState OLD = state(1, ALICE, "r", oid(1));

  @Test
  void saysWhichAnnouncementReplacedAnother() {
    GitEvent old = announcement(50, ALICE, "r", "https://old.example/r");
    assertThat(reason(old, HostedRepository.usable(false), ALICES))
        .isEqualTo("replaced by announcement " + ALICES.id() + " of the same author");
  }

  @Test
  void saysWhichStateOfTheSameAuthorReplacedAnother() {
    GitEvent newer = state(2, ALICE, "r", oid(2));
    assertThat(reason(OLD, HostedRepository.usable(false), ALICES, newer))
        .isEqualTo("replaced by state " + newer.id() + " of the same author");
  }

  @Test
  void saysWhichStateOfWhomSupersededAnother() {
    GitEvent newer = state(2, BOB, "r", oid(2));
    assertThat(reason(OLD, HostedRepository.usable(false), ALICES, newer))
        .isEqualTo("superseded by state " + newer.id() + " of " + BOB.npub());
  }

  @Test
  void saysWhatTheVolumeHasAlready() {
    RepositoryState newer = state(2, BOB, "r", oid(2));
    AppliedState applied = new AppliedState(newer.id(), BOB, 2);
    HostedRepository repository =
        new HostedRepository(true, Standing.AS_APPLIED, Optional.of(applied), Optional.empty());
    assertThat(reason(OLD, repository, ALICES))
        .isEqualTo("the volume already has a newer state, " + newer.id() + " of " + BOB.npub());
  }

  @Test
  void stateThatANewerOneOvertakesDuringItsFetchIsRejectedAndMovesNothing() {
    EngineWorld world = new EngineWorld();
    world.git.hosts(ALICE);
    world.git.serves("https://a.example/r", oid(1), oid(2));
    world.git.hold("https://a.example/r");
    world.enqueue(Duration.ZERO, List.of(OLD), List.of(ALICES));
    RepositoryState newer = state(2, BOB, "r", oid(2));
    world.enqueue(Duration.ZERO, newer);

    world.git.letGo();
    world.time.settle();
    world.pass(Duration.ofSeconds(1));

    assertThat(world.released(SyncOutcome.REJECTED)).containsExactly(OLD.id());
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(newer.id());
    assertThat(world.git.applied).containsExactly("1 refs/heads/b0");
  }

  private static String reason(GitEvent old, HostedRepository alices, GitEvent... known) {
    WorkPlan plan = WorkPlanner.plan(work(List.of(old), List.of(known)), Map.of(ALICE, alices));
    assertThat(plan.superseded()).hasSize(1);
    assertThat(plan.superseded().get(0).event()).isEqualTo(old);
    return plan.superseded().get(0).reason();
  }
}
