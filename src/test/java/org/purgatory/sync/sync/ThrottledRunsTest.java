package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.sync.OneOwner.A;
import static org.purgatory.sync.sync.OneOwner.B;
import static org.purgatory.sync.sync.OneOwner.OWNER;
import static org.purgatory.sync.sync.OneOwner.enqueue;
import static org.purgatory.sync.sync.OneOwner.id;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that want more of a domain than its limits let them have. */
class ThrottledRunsTest {

  private static final Duration NOW = Duration.ZERO;

  private final EngineWorld world = OneOwner.world();

  @Test
  void neverMakesMoreThanFiveFetchesAtOncePerDomain() {
    world.git.hold(A);
    for (int i = 1; i <= 12; i++) {
      enqueue(world, i);
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
      enqueue(world, i);
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
      enqueue(world, i);
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
      enqueue(world, i);
    }
    assertThat(world.git.fetches).hasSize(5);
    world.git.serves(B, oid(6));
    world.enqueue(NOW, List.of(), List.of(announcement(300, OWNER, "r6", A, B)));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(6));
  }

  @Test
  void parkedRunLeavesTheLineOfADomainThatItNoLongerNeeds() {
    world.git.hold(A);
    for (int i = 1; i <= 5; i++) {
      enqueue(world, i);
    }
    world.git.hold(B);
    for (int i = 6; i <= 10; i++) {
      enqueue(world, i, B);
    }
    enqueue(world, 11, A, B);
    world.enqueue(NOW, List.of(), List.of(announcement(311, OWNER, "r11", B)));
    enqueue(world, 12);
    world.git.serves(A, oid(12));
    world.git.letGo();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(12));
  }
}
