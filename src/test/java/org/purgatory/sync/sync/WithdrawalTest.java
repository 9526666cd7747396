package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;

/** What runs make of events that are withdrawn, or expire, while they are under way. */
class WithdrawalTest {

  private static final String A = "https://a.example/r.git";
  private static final Duration NOW = Duration.ZERO;

  private final EngineWorld world = new EngineWorld();
  private final PublicKey owner = user(1);
  private final GitEvent announced = announcement(100, owner, "r", A);
  private final GitEvent state = state(1, owner, "r", oid(1));
  private final GitEvent request = pullRequest(2, user(2), owner, "r", oid(2));

  @BeforeEach
  void hostTheRepository() {
    world.git.hosts(owner);
    world.git.serves(A, oid(1), oid(2));
  }

  @Test
  void eventWithdrawnDuringItsFetchMovesNothingAndTheOthersGoOn() {
    world.git.hold(A);
    world.enqueue(NOW, List.of(state, request), List.of(announced));
    assertThat(cancel(state)).containsExactly(state.id());
    letGo();
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(request.id());
    assertThat(world.git.applied).hasSize(1).allMatch(ref -> ref.contains("refs/nostr/"));
    assertThat(world.results()).hasSize(1);
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void runWhoseLastEventIsWithdrawnEndsWithoutAResult() {
    world.git.hold(A);
    world.enqueue(NOW, List.of(state), List.of(announced));
    cancel(state);
    letGo();
    assertThat(world.ends).containsExactly(RunEnd.NO_PENDING_EVENTS);
    assertThat(world.git.applied).isEmpty();
    assertThat(world.results()).isEmpty();
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void eventWithdrawnBetweenTheLookAndItsRefsMovesNothing() {
    world.git.has(owner, oid(1), oid(2));
    world.git.holdLooks("r");
    world.enqueue(NOW, List.of(state, request), List.of(announced));
    assertThat(cancel(state)).containsExactly(state.id());
    letGo();
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(request.id());
    assertThat(world.git.applied).hasSize(1).allMatch(ref -> ref.contains("refs/nostr/"));
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void nothingIsMovedForAnAnnouncementThatIsWithdrawnBetweenTheLookAndTheRefs() {
    world.git.has(owner, oid(1));
    world.git.holdLooks("r");
    world.enqueue(NOW, announced, state);
    world.time.settle();
    cancel(announced);
    letGo();
    assertThat(world.git.applied).isEmpty();
    assertThat(world.results()).isEmpty();
    assertThat(cancel(state)).containsExactly(state.id());
  }

  @Test
  void eventWhoseRefsAreBeingMovedIsNotWithdrawnAndItsResultFollows() {
    world.git.holdApplying();
    world.enqueue(NOW, List.of(state), List.of(announced));
    assertThat(cancel(state)).isEmpty();
    letGo();
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(state.id());
  }

  @Test
  void eventWhoseRefsCouldNotBeMovedCanBeWithdrawnWhenTheRunHasEnded() {
    world.git.brokenRepositories.add(owner);
    world.enqueue(NOW, List.of(state), List.of(announced));
    assertThat(world.ends).containsExactly(RunEnd.NO_MORE_URLS);
    assertThat(cancel(state)).containsExactly(state.id());
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void eventWhoseRefsAreBeingMovedDoesNotExpire() {
    world.git.holdApplying();
    world.enqueue(NOW, List.of(), List.of(announced));
    world.enqueue(Duration.ofMinutes(29), state);
    world.pass(Duration.ofMinutes(29));
    world.pass(Duration.ofMinutes(2));
    assertThat(world.results()).isEmpty();
    letGo();
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(state.id());
    assertThat(world.released(SyncOutcome.EXPIRED)).isEmpty();
  }

  @Test
  void eventThatExpiredDuringItsFetchMovesNothing() {
    world.enqueue(NOW, List.of(), List.of(announced));
    world.enqueue(Duration.ofMinutes(29), state);
    world.git.hold(A);
    world.pass(Duration.ofMinutes(31));
    assertThat(world.released(SyncOutcome.EXPIRED)).containsExactly(state.id());
    letGo();
    assertThat(world.git.applied).isEmpty();
    assertThat(world.results()).hasSize(1);
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void runThatWaitsForAPermitEndsAsSoonAsItsEventsAreWithdrawn() {
    world.git.hold(A);
    for (int i = 11; i <= 15; i++) {
      world.enqueue(
          NOW,
          List.of(state(i, owner, "r" + i, oid(1))),
          List.of(announcement(200 + i, owner, "r" + i, A)));
    }
    world.enqueue(NOW, List.of(state), List.of(announced));
    assertThat(world.queueSize()).isEqualTo(6);
    cancel(state);
    assertThat(world.queueSize()).isEqualTo(5);
    assertThat(world.ends).containsExactly(RunEnd.NO_PENDING_EVENTS);
  }

  @Test
  void lateStateRevivesAnAnnouncementThatExpired() {
    world.enqueue(NOW, announced);
    world.pass(Duration.ofMinutes(31));
    assertThat(world.released(SyncOutcome.EXPIRED)).containsExactly(announced.id());
    world.pass(Duration.ofHours(12));
    world.enqueue(NOW, state);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(announced.id(), state.id());
    assertThat(world.results()).hasSize(2);
    assertThat(world.queueSize()).isZero();
  }

  @Test
  void stateThatComesADayAfterItsAnnouncementExpiredFindsNone() {
    world.enqueue(NOW, announced);
    world.pass(Duration.ofHours(25));
    world.enqueue(NOW, state);
    world.pass(Duration.ofMinutes(31));
    assertThat(world.released(SyncOutcome.SATISFIED)).isEmpty();
    assertThat(world.released(SyncOutcome.EXPIRED)).containsExactly(state.id());
    assertThat(world.git.fetches).isEmpty();
  }

  @Test
  void rejectedAndExpiredEventsSayWhy() {
    GitEvent newer = state(3, owner, "r", oid(3));
    world.enqueue(NOW, List.of(state, newer), List.of(announced));
    world.pass(Duration.ofMinutes(31));
    assertThat(world.results())
        .flatExtracting(SyncResult::released)
        .extracting(ReleasedEvent::reason)
        .containsExactly(
            "replaced by state " + state(3, owner, "r").id() + " of the same author",
            "waited 30 minutes");
  }

  private List<EventId> cancel(GitEvent... events) {
    List<EventId> ids = Stream.of(events).map(GitEvent::id).toList();
    List<EventId> cancelled = world.engine.cancel(ids).toCompletableFuture().join();
    world.time.settle();
    return cancelled;
  }

  private void letGo() {
    world.git.letGo();
    world.time.settle();
  }
}
