package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.StreamWorld.ALL;
import static org.purgatory.sync.grpc.StreamWorld.from;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a stream starts, and that it brings everything from there, in order. */
class ResultStreamTest {

  private final StreamWorld world = new StreamWorld();

  @Test
  void retainedResultsComeFirstAndNewOnesFollow() {
    world.log.append("a", "b");
    world.open(ALL);
    world.append("c");
    assertThat(world.client.identifiers()).containsExactly("a", "b", "c");
    assertThat(world.client.tokens()).containsExactly("1-0", "2-0", "3-0");
  }

  @Test
  void streamStartsBehindWhatWasTrimmed() {
    world.log.append("a", "b", "c");
    world.log.trim(2);
    world.open(ALL);
    assertThat(world.client.identifiers()).containsExactly("c");
  }

  @Test
  void onlyNewLeavesOutWhatIsRetained() {
    world.log.append("a");
    world.open(new Watch(new Start.OnlyNew(), Set.of()));
    assertThat(world.client.tokens()).containsExactly("1-0");
    world.append("b");
    assertThat(world.client.identifiers()).containsExactly("b");
  }

  @Test
  void resumedStreamGoesOnBehindItsToken() {
    world.log.append("a", "b", "c");
    world.open(from(2));
    assertThat(world.client.identifiers()).containsExactly("c");
  }

  @Test
  void manyPagesComeInOrder() {
    int count = 5 * Cursor.PAGE + 7;
    IntStream.rangeClosed(1, count).forEach(n -> world.log.append("repo-" + n));
    world.open(ALL);
    assertThat(world.client.identifiers())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, count).mapToObj(n -> "repo-" + n).toList());
  }

  @Test
  void resultThatIsStoredWhileAnOlderPageIsReadIsNotMissed() {
    world.open(ALL);
    world.log.hold();
    world.append("a");
    world.append("b");
    world.letGo();
    assertThat(world.client.identifiers()).containsExactly("a", "b");
  }

  @Test
  void resultThatIsStoredBehindTheBackOfAnEmptyReadIsNotMissed() {
    world.log.hold();
    world.open(ALL);
    world.log.letOneGo();
    world.time.settle();
    world.append("a");
    world.letGo();
    assertThat(world.client.identifiers()).containsExactly("a");
  }

  @Test
  void trimmingBetweenAskingForTheOldestPlaceAndReadingThereLosesNothing() {
    world.log.append("a", "b");
    world.log.hold();
    world.open(ALL);
    world.log.trim(1);
    world.letGo();
    assertThat(world.client.identifiers()).containsExactly("b");
    assertThat(world.client.failure).isNull();
  }

  @Test
  void oneReadIsUnderWayAtMost() {
    world.open(ALL);
    int before = world.log.reads;
    world.log.hold();
    world.append("a", "b", "c");
    world.ready();
    assertThat(world.log.reads - before).isEqualTo(1);
  }

  @Test
  void burstOfAppendsCostsOneWakeUp() {
    world.open(ALL);
    int before = world.log.reads;
    IntStream.range(0, 50).forEach(i -> world.log.append("repo"));
    world.time.settle();
    assertThat(world.client.results()).hasSize(50);
    assertThat(world.log.reads - before).isEqualTo(2);
  }
}
