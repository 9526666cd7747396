package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Events.pullRequest;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RefTarget;
import org.purgatory.sync.sync.WantedRefs;

class RefPlanTest {

  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);
  private static final String REQUEST = "7".repeat(64);
  private static final String MAIN = "refs/heads/main";

  @Test
  void whatIsNotThereIsCreated() {
    assertThat(commands(plan(refs(), wanted(state(null, MAIN, ONE)))))
        .containsExactly("create " + MAIN + " " + ONE);
  }

  @Test
  void whatIsElsewhereIsMoved() {
    assertThat(commands(plan(refs(MAIN, ONE), wanted(state(null, MAIN, TWO)))))
        .containsExactly("update " + MAIN + " " + TWO);
  }

  @Test
  void whatIsThereIsLeftAlone() {
    assertThat(plan(refs(MAIN, ONE), wanted(state(null, MAIN, ONE))).isEmpty()).isTrue();
  }

  @Test
  void branchesAndTagsThatTheStateDoesNotListAreDeleted() {
    RefPlan plan =
        plan(
            refs(MAIN, ONE, "refs/heads/old", ONE, "refs/tags/v1", ONE),
            wanted(state(null, MAIN, ONE)));

    assertThat(commands(plan)).containsExactly("delete refs/heads/old", "delete refs/tags/v1");
    assertThat(plan.first()).isEmpty();
  }

  @Test
  void otherNamespacesAreNotTheStatesBusiness() {
    RefPlan plan =
        plan(
            refs("refs/nostr/" + REQUEST, ONE, "refs/notes/x", ONE, MAIN, ONE),
            wanted(state(null, MAIN, ONE)));

    assertThat(plan.isEmpty()).isTrue();
  }

  @Test
  void aSymbolicRefOfTheStateProtectsWhatIsThere() {
    WantedRefs wanted =
        wanted(state(null, MAIN, ONE, "refs/heads/a", "ref: x", "refs/heads/b", "ref: x"));

    assertThat(plan(refs(MAIN, ONE, "refs/heads/a", TWO, "refs/heads/b", "ref: x"), wanted))
        .extracting(RefPlan::isEmpty)
        .isEqualTo(true);
    assertThat(plan(refs(MAIN, ONE), wanted).isEmpty()).isTrue();
  }

  @Test
  void aStateOfSymbolicRefsOnlyStillDeletesOthers() {
    RefPlan plan = plan(refs(MAIN, ONE), wanted(state(null, "refs/heads/a", "ref: x")));

    assertThat(commands(plan)).containsExactly("delete " + MAIN);
  }

  @Test
  void aSymbolicRefThatTheStateWantsOrdinaryIsReplaced() {
    RefPlan plan = plan(refs(MAIN, "ref: refs/heads/x"), wanted(state(null, MAIN, ONE)));

    assertThat(plan.first()).extracting(c -> c.name().value()).containsExactly(MAIN);
    assertThat(plan.rest())
        .extracting(RefPlanTest::text)
        .containsExactly("create " + MAIN + " " + ONE);
  }

  @Test
  void aSymbolicRefThatTheStateDoesNotListIsDeletedByItself() {
    RefPlan plan = plan(refs(MAIN, ONE, "refs/heads/a", "ref: x"), wanted(state(null, MAIN, ONE)));

    assertThat(plan.first()).extracting(RefPlanTest::text).containsExactly("delete refs/heads/a");
    assertThat(plan.rest()).isEmpty();
  }

  @Test
  void aDirectoryOfRefsIsDeletedBeforeARefTakesItsName() {
    RefPlan plan =
        plan(
            refs("refs/heads/a/b", ONE, "refs/heads/a/c/d", ONE, "refs/heads/ab", ONE),
            wanted(state(null, "refs/heads/a", ONE)));

    assertThat(plan.first())
        .extracting(RefPlanTest::text)
        .containsExactly("delete refs/heads/a/b", "delete refs/heads/a/c/d");
    assertThat(plan.rest())
        .extracting(RefPlanTest::text)
        .containsExactly("create refs/heads/a " + ONE, "delete refs/heads/ab");
  }

  @Test
  void aRefMakesRoomForADirectoryInOneStep() {
    RefPlan plan = plan(refs("refs/heads/a", ONE), wanted(state(null, "refs/heads/a/b", ONE)));

    assertThat(plan.first()).isEmpty();
    assertThat(plan.rest())
        .extracting(RefPlanTest::text)
        .containsExactly("delete refs/heads/a", "create refs/heads/a/b " + ONE);
  }

  @Test
  void manyRefsAreNoTrouble() {
    SortedMap<RefName, RefTarget> old = refs(many("refs/heads/%d/old"));

    RefPlan beside = plan(old, wanted(state(null, many("refs/heads/new-%d"))));
    RefPlan above = plan(old, wanted(state(null, many("refs/heads/%d"))));

    assertThat(beside.first()).isEmpty();
    assertThat(beside.rest()).hasSize(20_000);
    assertThat(above.first()).hasSize(10_000).allMatch(RefCommand::isDelete);
    assertThat(above.rest()).hasSize(10_000).noneMatch(RefCommand::isDelete);
  }

  private static String[] many(String name) {
    return IntStream.range(0, 10_000)
        .boxed()
        .flatMap(i -> Stream.of(name.formatted(i), ONE))
        .toArray(String[]::new);
  }

  @Test
  void aDirectoryNeedNotBeARefsName() {
    RefPlan plan = plan(refs("refs/heads/a./b", ONE), wanted(state(null, "refs/heads/a./c", ONE)));

    assertThat(plan.first()).isEmpty();
    assertThat(commands(plan))
        .containsExactly("delete refs/heads/a./b", "create refs/heads/a./c " + ONE);
  }

  @Test
  void refsThatCannotExistTogetherAreAConflict() {
    assertThatThrownBy(
            () -> plan(refs(), wanted(state(null, "refs/heads/a", ONE, "refs/heads/a/b/c", ONE))))
        .isInstanceOf(RefConflictException.class)
        .hasMessageContaining("refs/heads/a and refs/heads/a/b/c");
  }

  @Test
  void aProtectedRefInTheWayIsAConflict() {
    assertThatThrownBy(
            () ->
                plan(
                    refs("refs/heads/a", TWO),
                    wanted(state(null, "refs/heads/a", "ref: x", "refs/heads/a/b", ONE))))
        .isInstanceOf(RefConflictException.class);
  }

  @Test
  void headFollowsOnlyToABranchThatExistsAfterwards() {
    assertThat(plan(refs(), wanted(state(MAIN, MAIN, ONE))).head()).contains(new RefName(MAIN));
    assertThat(plan(refs(), wanted(state("refs/heads/x", MAIN, ONE))).head()).isEmpty();
    assertThat(plan(refs("refs/heads/x", ONE), wanted(state("refs/heads/x", MAIN, ONE))).head())
        .isEmpty();
  }

  @Test
  void headStaysWhereItIsAlready() {
    RefPlan plan =
        RefPlan.of(
            state(null, MAIN, ONE).refs(),
            Optional.of(new RefName(MAIN)),
            wanted(state(MAIN, MAIN, ONE)));

    assertThat(plan.head()).isEmpty();
  }

  @Test
  void aStateWithoutRefsDecidesNothing() {
    assertThat(plan(refs(MAIN, ONE), wanted(state("refs/heads/x"))).isEmpty()).isTrue();
  }

  @Test
  void pullRequestsComeWithAndWithoutAState() {
    String ref = "refs/nostr/" + REQUEST;
    WantedRefs both =
        new WantedRefs(
            Optional.of(state(null, MAIN, ONE)), false, List.of(pullRequest(REQUEST, TWO)));

    assertThat(commands(plan(refs(ref, ONE), wanted(pullRequest(REQUEST, TWO)))))
        .containsExactly("update " + ref + " " + TWO);
    assertThat(commands(plan(refs(), both)))
        .containsExactly("create " + MAIN + " " + ONE, "create " + ref + " " + TWO);
    assertThat(plan(refs(), both).newTargets())
        .containsExactlyInAnyOrder(new Oid(ONE), new Oid(TWO));
    assertThat(plan(refs(ref, TWO), wanted(pullRequest(REQUEST, TWO))).isEmpty()).isTrue();
  }

  private static RefPlan plan(SortedMap<RefName, RefTarget> current, WantedRefs wanted) {
    return RefPlan.of(current, Optional.empty(), wanted);
  }

  private static SortedMap<RefName, RefTarget> refs(String... refs) {
    return state(null, refs).refs();
  }

  private static List<String> commands(RefPlan plan) {
    return plan.commands().stream().map(RefPlanTest::text).toList();
  }

  private static String text(RefCommand command) {
    String what =
        command.isDelete() ? "delete " : command.before().isPresent() ? "update " : "create ";
    return what + command.name() + command.after().map(oid -> " " + oid).orElse("");
  }
}
