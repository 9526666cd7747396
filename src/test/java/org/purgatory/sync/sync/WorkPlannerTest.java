package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.sync.SampleWork.work;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.HostedRepository.Standing;

class WorkPlannerTest {

  private static final PublicKey ALICE = user(1);
  private static final PublicKey BOB = user(2);
  private static final PublicKey MALLORY = user(3);
  private static final GitEvent ALICES =
      announcement(101, ALICE, "r", Set.of(BOB), "https://a.example/r");
  private static final GitEvent BOBS = announcement(102, BOB, "r", Set.of(), "https://b.example/r");
  private static final GitEvent MALLORYS = announcement(103, MALLORY, "r", "https://m.example/r");

  @Test
  void unrelatedOwnersOfOneIdentifierShareNothing() {
    WorkPlan plan =
        plan(
            List.of(state(1, ALICE, "r", oid(1)), state(2, MALLORY, "r", oid(2))),
            List.of(ALICES, MALLORYS),
            ALICE,
            MALLORY);
    assertThat(plan.sources()).hasSize(2);
    FamilySources alices = plan.sources().get(0);
    assertThat(plan.oidsOf(alices.family())).containsExactly(oid(1));
    assertThat(alices.requests(Set.of(oid(1)), new UrlPolicy(Set.of(), true)))
        .extracting(request -> request.url().value())
        .containsExactly("https://a.example/r");
  }

  @Test
  void stateOfAMaintainerDecidesOverEveryRepositoryThatNamesTheAuthor() {
    WorkPlan plan = plan(List.of(state(1, BOB, "r", oid(1))), List.of(ALICES, BOBS), ALICE, BOB);
    assertThat(plan.repositories()).hasSize(2).allMatch(r -> r.state().isPresent());
  }

  @Test
  void stateDecidesNothingOverARepositoryThatDoesNotNameItsAuthor() {
    WorkPlan plan = plan(List.of(state(1, ALICE, "r", oid(1))), List.of(ALICES, BOBS), ALICE, BOB);
    assertThat(plan.repositories())
        .filteredOn(r -> r.state().isPresent())
        .extracting(RepositoryPlan::owner)
        .containsExactly(ALICE);
  }

  @Test
  void repositoryThatIsNotHereCountsForUrlsOnly() {
    WorkPlan plan = plan(List.of(state(1, BOB, "r", oid(1))), List.of(ALICES, BOBS), ALICE);
    assertThat(plan.repositories()).extracting(RepositoryPlan::owner).containsExactly(ALICE);
    assertThat(plan.sources().get(0).cloneUrls()).hasSize(2);
  }

  @Test
  void newerKnownStateSupersedesAWaitingOne() {
    GitEvent old = state(1, ALICE, "r", oid(1));
    WorkPlan plan = plan(List.of(old), List.of(ALICES, BOBS, state(2, BOB, "r", oid(2))), ALICE);
    assertThat(plan.superseded()).extracting(Superseded::event).containsExactly(old);
    assertThat(plan.repositories().get(0).state()).isEmpty();
  }

  @Test
  void stateOlderThanTheOneThatTheVolumeRemembersIsSuperseded() {
    RepositoryState applied = state(2, BOB, "r", oid(2));
    RepositoryState old = state(1, ALICE, "r", oid(1));
    assertThat(planAfter(applied, old).superseded())
        .extracting(Superseded::event)
        .containsExactly(old);
    assertThat(planAfter(applied, old).repositories().get(0).state()).isEmpty();
    assertThat(planAfter(applied, applied).repositories().get(0).state()).contains(applied);
    assertThat(planAfter(old, applied).repositories().get(0).state()).contains(applied);
  }

  @Test
  void lowestIdWinsATieWithTheOneThatTheVolumeRemembers() {
    RepositoryState low = state(1, 50, ALICE, "r", oid(1));
    RepositoryState high = state(2, 50, ALICE, "r", oid(2));
    RepositoryState first = low.id().compareTo(high.id()) < 0 ? low : high;
    RepositoryState second = first == low ? high : low;
    assertThat(planAfter(first, second).superseded())
        .extracting(Superseded::event)
        .containsExactly(second);
    assertThat(planAfter(second, first).superseded()).isEmpty();
  }

  @Test
  void whatOneWhoIsNoMaintainerHereBroughtDoesNotBind() {
    RepositoryState applied = state(2, MALLORY, "r", oid(2));
    RepositoryState old = state(1, ALICE, "r", oid(1));
    assertThat(planAfter(applied, old).repositories().get(0).state()).contains(old);
  }

  /**
   * Alice's repository was brought to one state, and another one waits; the store knows neither.
   */
  private static WorkPlan planAfter(RepositoryState applied, RepositoryState waiting) {
    AppliedState remembered =
        new AppliedState(applied.id(), applied.author(), applied.event().createdAt());
    return WorkPlanner.plan(
        work(List.of(waiting), List.of(ALICES, BOBS)),
        Map.of(
            ALICE,
            new HostedRepository(
                true, Standing.AS_APPLIED, Optional.of(remembered), Optional.empty())));
  }

  @Test
  void lowestIdWinsATie() {
    GitEvent low = state(1, 50, ALICE, "r", oid(1));
    GitEvent high = state(2, 50, ALICE, "r", oid(2));
    WorkPlan plan = plan(List.of(high, low), List.of(ALICES), ALICE);
    assertThat(plan.superseded()).extracting(Superseded::event).containsExactly(high);
  }

  @Test
  void stateWithoutRefsIsFreeAndSupersedesNobodyElses() {
    GitEvent empty = state(9, BOB, "r");
    GitEvent real = state(1, ALICE, "r", oid(1));
    WorkPlan plan = plan(List.of(empty, real), List.of(ALICES, BOBS), ALICE);
    assertThat(plan.free()).containsExactly(empty);
    assertThat(plan.repositories().get(0).state()).containsSame((RepositoryState) real);
  }

  @Test
  void pullRequestIsForEveryRepositoryWhoseMaintainersItNames() {
    WorkPlan plan =
        plan(
            List.of(pullRequest(1, MALLORY, BOB, "r", oid(1))),
            List.of(ALICES, BOBS, MALLORYS),
            ALICE,
            BOB,
            MALLORY);
    assertThat(plan.repositories())
        .filteredOn(r -> !r.pullRequests().isEmpty())
        .extracting(RepositoryPlan::owner)
        .containsExactly(ALICE, BOB);
  }

  @Test
  void eventIsCompleteOnlyWhenNoFamilyThatItConcernsLacksItsObjects() {
    GitEvent state = state(1, ALICE, "r", oid(1), oid(2));
    WorkPlan plan = plan(List.of(state), List.of(ALICES), ALICE);
    FamilyRepositories family = plan.sources().get(0).family();
    assertThat(plan.complete(Map.of(family, Set.of(oid(2))))).isEmpty();
    assertThat(plan.complete(Map.of(family, Set.of()))).containsExactly(state);
  }

  @Test
  void replacedAnnouncementThatWaitsIsSuperseded() {
    GitEvent replaced = announcement(50, ALICE, "r", "https://old.example/r");
    WorkPlan plan = plan(List.of(replaced), List.of(ALICES), ALICE);
    assertThat(plan.superseded()).extracting(Superseded::event).containsExactly(replaced);
    assertThat(plan.announcements()).isEmpty();
  }

  @Test
  void eventOfARepositoryThatCannotBeOpenedIsBlockedAndOthersAreNot() {
    GitEvent both = state(1, BOB, "r", oid(1));
    GitEvent strangers = state(2, MALLORY, "r", oid(2));
    WorkPlan plan =
        WorkPlanner.plan(
            work(List.of(both, strangers), List.of(ALICES, BOBS, MALLORYS)),
            Map.of(
                ALICE, HostedRepository.broken("no access"),
                BOB, HostedRepository.usable(false),
                MALLORY, HostedRepository.usable(false)));
    assertThat(plan.blocked()).containsExactly(both);
    assertThat(plan.repositories()).extracting(RepositoryPlan::owner).containsExactly(BOB, MALLORY);
  }

  private static WorkPlan plan(List<GitEvent> pending, List<GitEvent> known, PublicKey... hosted) {
    Map<PublicKey, HostedRepository> here = new TreeMap<>();
    Arrays.stream(hosted).forEach(owner -> here.put(owner, HostedRepository.usable(false)));
    return WorkPlanner.plan(work(pending, known), here);
  }
}
