package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;

class SyncEngineTest {

  private static final String A = "https://a.example/r.git";
  private static final String B = "https://b.example/r.git";
  private static final Duration NOW = Duration.ZERO;
  private static final Duration SOON = Duration.ofMillis(500);

  private final EngineWorld world = new EngineWorld();
  private final PublicKey owner = user(1);
  private final GitEvent announced = announcement(100, owner, "r", A, B);

  @BeforeEach
  void hostTheRepository() {
    world.git.hosts(owner);
  }

  @Test
  void releasesAStateWhenItsObjectsWereFetched() {
    world.git.serves(A, oid(1));
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(announced));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    SyncResult result = world.results().get(0);
    assertThat(result.sourceUrls()).containsExactly(CloneUrl.parse(A));
    assertThat(result.repositories()).hasSize(1);
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void releasesWithoutAFetchWhatAPushBrought() {
    world.enqueue(Duration.ofMinutes(3), List.of(state(1, owner, "r", oid(1))), List.of(announced));
    world.git.has(owner, oid(1));
    world.engine.trigger(repo("r"), NOW);
    world.time.settle();
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.git.fetches).isEmpty();
    assertThat(world.results().get(0).sourceUrls()).isEmpty();
  }

  @Test
  void runsAtTheDueTimeWithoutATick() {
    world.git.serves(A, oid(1));
    world.enqueue(SOON, List.of(state(1, owner, "r", oid(1))), List.of(announced));
    world.pass(SOON.minusMillis(1));
    assertThat(world.git.fetches).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(1);
  }

  @Test
  void burstOfTenEventsMakesOneSync() {
    world.git.serves(A, oid(1));
    world.enqueue(SOON, List.of(), List.of(announced));
    for (int i = 1; i <= 10; i++) {
      world.enqueue(SOON, pullRequest(i, user(i), owner, "r", oid(1)));
      world.pass(Duration.ofMillis(40));
    }
    world.pass(Duration.ofMillis(100));
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(10);
    assertThat(world.ends).containsExactly(RunEnd.COMPLETE);
    assertThat(world.git.fetches).hasSize(1);
  }

  @Test
  void collectsObjectsFromServersThatEachHaveHalf() {
    world.git.serves(A, oid(1));
    world.git.serves(B, oid(2));
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1), oid(2))), List.of(announced));
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
            pullRequest(1, user(2), owner, "r", oid(1)),
            pullRequest(2, user(2), owner, "r", oid(66))),
        List.of(announced));
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
        List.of(state(1, owner, "r", oid(1)), pullRequest(2, user(2), owner, "r", oid(2), fork)),
        List.of(announced));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(2));
    assertThat(world.git.fetches)
        .filteredOn(f -> f.url().equals(CloneUrl.parse(fork)))
        .allSatisfy(f -> assertThat(f.oids()).containsExactly(oid(2)));
  }

  @Test
  void serverThatComesBackIsAskedAgainAfterTheBackoff() {
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(announced));
    assertThat(world.ends).containsExactly(RunEnd.NO_MORE_URLS);
    world.git.serves(A, oid(1));
    world.pass(Duration.ofSeconds(19));
    assertThat(world.results()).isEmpty();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.results().get(0).attempts()).isEqualTo(2);
  }

  @Test
  void waitsLongerAfterEveryAttemptInVain() {
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(announced));
    world.pass(Duration.ofMinutes(10));
    assertThat(world.backoffs.subList(0, 5))
        .extracting(Duration::toSeconds)
        .containsExactly(20L, 40L, 80L, 120L, 120L);
  }

  @Test
  void secondEventDuringASlowFetchIsServedRightAfterIt() {
    world.git.serves(A, oid(1), oid(2));
    world.git.hold(A);
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(announced));
    world.enqueue(SOON, pullRequest(2, user(2), owner, "r", oid(2)));
    world.pass(Duration.ofSeconds(5));
    world.git.letGo();
    world.pass(SOON);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1), id(2));
  }

  @Test
  void neverMakesMoreThanFiveFetchesAtOncePerDomain() {
    world.git.hold(A);
    for (int i = 1; i <= 12; i++) {
      world.enqueue(NOW, List.of(state(i, owner, "r" + i, oid(i))), List.of(onlyA(200 + i, i)));
    }
    assertThat(world.git.fetches).hasSize(5);
    world.git.serves(A, oid(1), oid(2), oid(3), oid(4), oid(5), oid(6), oid(7), oid(8));
    world.git.letGo();
    world.time.settle();
    assertThat(world.git.fetches).hasSize(12);
    assertThat(world.mostInFlight).isEqualTo(5);
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(8);
  }

  @Test
  void startsNoMoreThanThirtyFetchesAMinutePerDomain() {
    for (int i = 1; i <= 40; i++) {
      world.git.serves(A, oid(i));
      world.enqueue(NOW, List.of(state(i, owner, "r" + i, oid(i))), List.of(onlyA(200 + i, i)));
    }
    assertThat(world.git.fetches).hasSize(30);
    world.pass(Duration.ofSeconds(59));
    assertThat(world.git.fetches).hasSize(30);
    world.pass(Duration.ofSeconds(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(40);
  }

  @Test
  void throttledIdentifiersAreServedInTheOrderInWhichTheyCame() {
    world.git.hold(A);
    for (int i = 1; i <= 10; i++) {
      world.git.serves(A, oid(i));
      world.enqueue(NOW, List.of(state(i, owner, "r" + i, oid(i))), List.of(onlyA(200 + i, i)));
    }
    world.git.letGo();
    world.time.settle();
    assertThat(world.git.fetches)
        .extracting(f -> f.family().identifier().value())
        .containsExactly("r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10");
  }

  @Test
  void newAnnouncementBringsItsUrlsToARunThatIsParked() {
    world.git.hold(A);
    for (int i = 1; i <= 6; i++) {
      world.enqueue(NOW, List.of(state(i, owner, "r" + i, oid(i))), List.of(onlyA(200 + i, i)));
    }
    assertThat(world.git.fetches).hasSize(5);
    world.git.serves(B, oid(6));
    world.enqueue(NOW, List.of(), List.of(announcement(300, owner, "r6", A, B)));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(6));
  }

  @Test
  void ownDomainIsNeverAsked() {
    String own = "https://own.example/r.git";
    GitEvent ours = announcement(100, owner, "r", own, "https://sub.own.example/r.git");
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(ours));
    assertThat(world.git.fetches)
        .extracting(f -> f.url().value())
        .containsExactly("https://sub.own.example/r.git");
  }

  @Test
  void waitingAnnouncementBringsItsUrlsAndIsReleasedFirst() {
    world.git.serves(A, oid(1));
    world.enqueue(NOW, state(1, owner, "r", oid(1)), announced);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(announced.id(), id(1));
    assertThat(world.results()).hasSize(1);
  }

  @Test
  void waitingAnnouncementOfARepositoryWithRefsIsReleasedAtOnce() {
    world.git.hostsWithRefs(owner);
    world.enqueue(NOW, announced);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(announced.id());
  }

  @Test
  void stateOfAStrangerMovesNothing() {
    world.git.serves(A, oid(1));
    world.enqueue(NOW, List.of(state(1, user(9), "r", oid(1))), List.of(announced));
    assertThat(world.results()).isEmpty();
    assertThat(world.git.fetches).isEmpty();
    assertThat(world.git.applied).isEmpty();
  }

  @Test
  void olderStateIsRejectedAndMovesNothing() {
    world.git.serves(A, oid(1), oid(2));
    world.enqueue(
        NOW,
        List.of(state(1, owner, "r", oid(1)), state(2, owner, "r", oid(2))),
        List.of(announced));
    assertThat(world.released(SyncOutcome.REJECTED)).containsExactly(id(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(2));
    assertThat(world.git.fetches).allSatisfy(f -> assertThat(f.oids()).containsExactly(oid(2)));
  }

  @Test
  void eventWaitsOnWhileItsRepositoryCannotBeWritten() {
    world.git.serves(A, oid(1));
    world.git.brokenRepositories.add(owner);
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(announced));
    assertThat(world.results()).isEmpty();
    world.git.brokenRepositories.clear();
    world.pass(Duration.ofSeconds(20));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @Test
  void runThatHangsIsGivenUpAndTakenOver() {
    world.git.serves(A, oid(1));
    world.git.hold(A);
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(announced));
    world.pass(Duration.ofMinutes(13));
    assertThat(world.ends).contains(RunEnd.STALLED);
    world.git.letGo();
    world.pass(Duration.ofMinutes(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @Test
  void fetchThatHangsForEverDoesNotKeepItsDomainsSlot() {
    world.git.hold(A);
    for (int i = 1; i <= 5; i++) {
      world.enqueue(NOW, List.of(state(i, owner, "r" + i, oid(i))), List.of(onlyA(200 + i, i)));
    }
    world.pass(Duration.ofMinutes(15));
    world.enqueue(NOW, List.of(state(6, owner, "r6", oid(6))), List.of(onlyA(206, 6)));
    world.pass(Duration.ofMinutes(13));
    assertThat(world.git.fetches).extracting(f -> f.family().identifier().value()).contains("r6");
  }

  @Test
  void runThatWasGivenUpDoesNotComeBackToStandInTheLine() {
    world.git.hold(A);
    for (int i = 1; i <= 5; i++) {
      world.enqueue(NOW, List.of(state(i, owner, "r" + i, oid(i))), List.of(onlyA(200 + i, i)));
    }
    for (int i = 6; i <= 10; i++) {
      world.git.holdLooks("r" + i);
      world.enqueue(NOW, List.of(state(i, owner, "r" + i, oid(i))), List.of(onlyA(200 + i, i)));
    }
    world.pass(Duration.ofMinutes(12));
    world.git.serves(A, oid(11));
    world.git.letGo();
    world.pass(Duration.ofMinutes(20));
    world.enqueue(NOW, List.of(state(11, owner, "r11", oid(11))), List.of(onlyA(211, 11)));
    world.pass(Duration.ofMinutes(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(11));
  }

  @Test
  void parkedRunLeavesTheLineOfADomainThatItNoLongerNeeds() {
    world.git.hold(A);
    for (int i = 1; i <= 5; i++) {
      world.enqueue(NOW, List.of(state(i, owner, "r" + i, oid(i))), List.of(onlyA(200 + i, i)));
    }
    world.git.hold(B);
    for (int i = 6; i <= 10; i++) {
      world.enqueue(
          NOW,
          List.of(state(i, owner, "r" + i, oid(i))),
          List.of(announcement(200 + i, owner, "r" + i, B)));
    }
    world.enqueue(
        NOW,
        List.of(state(11, owner, "r11", oid(11))),
        List.of(announcement(211, owner, "r11", A, B)));
    world.enqueue(NOW, List.of(), List.of(announcement(311, owner, "r11", B)));
    world.enqueue(NOW, List.of(state(12, owner, "r12", oid(12))), List.of(onlyA(212, 12)));
    world.git.serves(A, oid(12));
    world.git.letGo();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(12));
  }

  @Test
  void urlThatBecomesKnownWhileTheLastOneIsTriedIsUsedAtOnce() {
    world.git.hold(A);
    world.git.serves(B, oid(1));
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(onlyAFor("r", 150)));
    world.git.holdLooks("r");
    world.git.letGo();
    world.enqueue(NOW, List.of(), List.of(announced(200)));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  @Test
  void whatWasFetchedIsLetGoOfWhenNothingWaitsForItAnyMore() {
    world.git.serves(A, oid(1));
    GitEvent request = pullRequest(9, owner, owner, "r", oid(2));
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1)), request), List.of(announced));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
    assertThat(world.git.settled).isEmpty();
    world.git.serves(A, oid(2));
    world.pass(Duration.ofSeconds(20));
    assertThat(world.git.settled).containsExactly("r");
  }

  @Test
  void eventOfTwoRepositoriesWaitsUntilBothHaveIt() {
    PublicKey other = user(2);
    world.git.hosts(other);
    world.git.brokenRepositories.add(other);
    world.git.serves(A, oid(1));
    GitEvent both = announcement(201, other, "r", Set.of(owner), B);
    world.enqueue(NOW, List.of(state(1, owner, "r", oid(1))), List.of(announced, both));
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
        List.of(state(1, owner, "r", oid(1)), state(2, stranger, "r", oid(2))),
        List.of(announced, announcement(101, stranger, "r", B)));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1));
  }

  private GitEvent onlyAFor(String repository, int id) {
    return announcement(id, owner, repository, A);
  }

  private GitEvent announced(int id) {
    return announcement(id, owner, "r", A, B);
  }

  private static EventId id(int number) {
    return state(number, user(1), "r").id();
  }

  private GitEvent onlyA(int id, int repository) {
    return announcement(id, owner, "r" + repository, A);
  }
}
