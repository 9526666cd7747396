package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;

/** What runs tell of themselves, and what that costs the store. */
class RunStatusTest {

  private static final String A = "https://a.example/r.git";
  private static final String B = "https://b.example/r.git";
  private static final Duration NOW = Duration.ZERO;

  private final EngineWorld world = new EngineWorld();
  private final PublicKey owner = user(1);

  @BeforeEach
  void hostTheRepository() {
    world.git.hosts(owner);
  }

  @Test
  void statusTellsWhatIsMissingAndWhatWasTriedWhereWithWhichOutcome() {
    world.git.serves(B, oid(1));
    Instant start = world.time.instant();
    hunt("r", A, B);
    SyncStatus status = status("r");
    assertThat(status.phase()).isEqualTo(SyncPhase.WAITING);
    assertThat(status.attemptCount()).isEqualTo(1);
    assertThat(status.nextAttempt()).contains(start.plusSeconds(20));
    assertThat(status.seen().missing()).containsExactly(oid(2));
    assertThat(status.lastAttempts())
        .extracting(tried -> tried.attempt().url() + " " + tried.attempt().outcome())
        .containsExactly(B + " fetched", B + " object_missing", A + " not_found");
    assertThat(status.lastAttempts()).allMatch(tried -> tried.at().equals(start));
  }

  @Test
  void runThatWaitsForAPermitShowsWhatItHasTriedSoFar() {
    world.git.hold(A);
    for (int i = 1; i <= 5; i++) {
      hunt("r" + i, A);
    }
    hunt("r", A, B);
    SyncStatus status = status("r");
    assertThat(status.phase()).isEqualTo(SyncPhase.THROTTLED);
    assertThat(status.seen().missing()).containsExactly(oid(1), oid(2));
    assertThat(status.lastAttempts())
        .extracting(tried -> tried.attempt().url().value())
        .containsExactly(B);
    assertThat(status("r1").phase()).isEqualTo(SyncPhase.RUNNING);
    world.git.letGo();
    world.time.settle();
    assertThat(status("r").phase()).isEqualTo(SyncPhase.WAITING);
  }

  @Test
  void laterRunsAddToWhatWasTriedBefore() {
    hunt("r", A);
    world.pass(Duration.ofSeconds(60));
    assertThat(status("r").lastAttempts()).hasSize(3);
    world.pass(Duration.ofMinutes(25));
    assertThat(status("r").lastAttempts()).hasSizeLessThanOrEqualTo(RunNote.MOST_ATTEMPTS);
  }

  @Test
  void repositoryThatCannotBeWrittenIsAProblemUntilItCan() {
    world.git.serves(A, oid(1), oid(2));
    world.git.brokenRepositories.add(owner);
    hunt("r", A);
    assertThat(status("r").seen().problems())
        .anySatisfy(line -> assertThat(line).contains(owner.npub(), "the disk is full"));
    assertThat(status("r").seen().missing()).isEmpty();
  }

  @Test
  void repositoryThatCannotBeReadIsAProblem() {
    world.git.unreadable.add(owner);
    hunt("r", A);
    assertThat(status("r").seen().problems())
        .anySatisfy(line -> assertThat(line).contains("cannot be read"));
  }

  @Test
  void repositoryThatIsNotOnTheVolumeIsAProblem() {
    GitEvent state = state(1, user(7), "nowhere", oid(1));
    world.enqueue(NOW, List.of(state), List.of(announcement(2, user(7), "nowhere", A)));
    assertThat(status("nowhere").seen().problems())
        .anySatisfy(line -> assertThat(line).contains("state " + state.id(), "not on this volume"));
  }

  @Test
  void problemIsToldWhileTheRunGoesOnToo() {
    world.git.serves(A, oid(1));
    world.git.hold(B);
    GitEvent elsewhere = state(1, user(7), "r", oid(1));
    world.enqueue(
        NOW,
        List.of(elsewhere, state(2, owner, "r", oid(1), oid(2))),
        List.of(announcement(3, user(7), "r", A), announcement(4, owner, "r", A, B)));
    assertThat(status("r").phase()).isEqualTo(SyncPhase.RUNNING);
    assertThat(status("r").lastAttempts()).as("a second look was told of").isNotEmpty();
    assertThat(status("r").seen().problems())
        .anySatisfy(line -> assertThat(line).contains("not on this volume"));
  }

  @Test
  void fetchesThatEndedWhileTheStoreWasAwayAreToldWhenItIsBack() {
    world.git.hold(A);
    hunt("r", A);
    world.line.cut();
    world.git.letGo();
    world.pass(Duration.ofSeconds(10));
    world.line.mend();
    Instant ended = world.time.instant().minusSeconds(10);
    world.pass(Duration.ofSeconds(2));
    assertThat(status("r").lastAttempts())
        .singleElement()
        .satisfies(tried -> assertThat(tried.at()).isEqualTo(ended));
  }

  @Test
  void listTellsOfEveryIdentifier() {
    hunt("r1", A);
    hunt("r2", B);
    StatusQuery all = new StatusQuery(Optional.empty(), 10, Optional.empty());
    StatusPage page = world.engine.list(all).toCompletableFuture().join();
    assertThat(page.statuses()).hasSize(2).allMatch(status -> status.lastAttempts().size() == 1);
  }

  /** Each of these is one command to Redis. Leaving a line where nobody stands is none. */
  @Test
  void runWithOneFetchAsksStoreAndThrottleSixTimes() {
    world.git.serves(A, oid(1), oid(2));
    hunt("r", A);
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(1);
    assertThat(world.line.operations())
        .filteredOn(operation -> !operation.equals("leaveAllBut") && !operation.equals("onTurn"))
        .containsSubsequence(
            "enqueue", "claimDue", "tryAcquire", "release", "load", "begin", "publish")
        .filteredOn(operation -> !operation.equals("claimDue"))
        .hasSize(6);
  }

  private void hunt(String repository, String... urls) {
    int id = repository.hashCode() & 0xffff;
    GitEvent state = state(id, owner, repository, oid(1), oid(2));
    world.enqueue(
        NOW, List.of(state), List.of(announcement(id + 0x10000, owner, repository, urls)));
  }

  private SyncStatus status(String repository) {
    return world.engine.status(repo(repository)).toCompletableFuture().join().orElseThrow();
  }
}
