package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.sync.OneOwner.A;
import static org.purgatory.sync.sync.OneOwner.ANNOUNCED;
import static org.purgatory.sync.sync.OneOwner.OWNER;
import static org.purgatory.sync.sync.OneOwner.enqueue;
import static org.purgatory.sync.sync.OneOwner.id;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that do not come to an end by themselves. */
class StalledRunsTest {

  private static final Duration NOW = Duration.ZERO;

  private final EngineWorld world = OneOwner.world();

  @Test
  void runThatHangsIsGivenUpAndTakenOver() {
    world.git.serves(A, oid(1));
    world.git.hold(A);
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
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
      enqueue(world, i);
    }
    world.pass(Duration.ofMinutes(15));
    enqueue(world, 6);
    world.pass(Duration.ofMinutes(13));
    assertThat(world.git.fetches).extracting(f -> f.family().identifier().value()).contains("r6");
  }

  @Test
  void runThatWasGivenUpDoesNotComeBackToStandInTheLine() {
    world.git.hold(A);
    for (int i = 1; i <= 5; i++) {
      enqueue(world, i);
    }
    for (int i = 6; i <= 10; i++) {
      world.git.holdLooks("r" + i);
      enqueue(world, i);
    }
    world.pass(Duration.ofMinutes(12));
    world.git.serves(A, oid(11));
    world.git.letGo();
    world.pass(Duration.ofMinutes(20));
    enqueue(world, 11);
    world.pass(Duration.ofMinutes(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(11));
  }
}
