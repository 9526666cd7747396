package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.sync.OneOwner.A;
import static org.purgatory.sync.sync.OneOwner.ANNOUNCED;
import static org.purgatory.sync.sync.OneOwner.OWNER;
import static org.purgatory.sync.sync.OneOwner.id;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When runs begin, and when the next one does. */
class TimesOfRunsTest {

  private static final Duration NOW = Duration.ZERO;
  private static final Duration SOON = Duration.ofMillis(500);

  private final EngineWorld world = OneOwner.world();

  @Test
  void runsAtTheDueTimeWithoutATick() {
    world.git.serves(A, oid(1));
    world.enqueue(SOON, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
    world.pass(SOON.minusMillis(1));
    assertThat(world.git.fetches).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(1);
  }

  @Test
  void burstOfTenEventsMakesOneSync() {
    world.git.serves(A, oid(1));
    world.enqueue(SOON, List.of(), List.of(ANNOUNCED));
    for (int i = 1; i <= 10; i++) {
      world.enqueue(SOON, pullRequest(i, user(i), OWNER, "r", oid(1)));
      world.pass(Duration.ofMillis(40));
    }
    world.pass(Duration.ofMillis(100));
    assertThat(world.released(SyncOutcome.SATISFIED)).hasSize(10);
    assertThat(world.ends).containsExactly(RunEnd.COMPLETE);
    assertThat(world.git.fetches).hasSize(1);
  }

  @Test
  void serverThatComesBackIsAskedAgainAfterTheBackoff() {
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
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
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
    world.pass(Duration.ofMinutes(10));
    assertThat(world.backoffs.subList(0, 5))
        .extracting(Duration::toSeconds)
        .containsExactly(20L, 40L, 80L, 120L, 120L);
  }

  @Test
  void secondEventDuringASlowFetchIsServedRightAfterIt() {
    world.git.serves(A, oid(1), oid(2));
    world.git.hold(A);
    world.enqueue(NOW, List.of(state(1, OWNER, "r", oid(1))), List.of(ANNOUNCED));
    world.enqueue(SOON, pullRequest(2, user(2), OWNER, "r", oid(2)));
    world.pass(Duration.ofSeconds(5));
    world.git.letGo();
    world.pass(SOON);
    assertThat(world.released(SyncOutcome.SATISFIED)).containsExactly(id(1), id(2));
  }
}
