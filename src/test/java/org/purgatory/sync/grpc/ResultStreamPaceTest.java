package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.StreamWorld.ALL;
import static org.purgatory.sync.grpc.StreamWorld.INTERVAL;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams to clients that read slowly, or not at all for a while. */
class ResultStreamPaceTest {

  private final StreamWorld world = new StreamWorld();

  @Test
  void clientThatIsNotReadyIsSentNothingAndReadsNothing() {
    world.client.takes(0);
    world.log.append("a");
    world.open(ALL);
    world.append("b");
    world.time.advance(INTERVAL.multipliedBy(2));
    assertThat(world.client.responses).isEmpty();
    assertThat(world.log.reads).isZero();
  }

  @Test
  void clientThatBecomesReadyGetsWhatWaited() {
    world.client.takes(1);
    world.log.append("a", "b", "c");
    world.open(ALL);
    assertThat(world.client.identifiers()).containsExactly("a");
    world.client.takes(5);
    world.ready();
    assertThat(world.client.identifiers()).containsExactly("a", "b", "c");
  }

  @Test
  void stalledClientCostsOnePageHoweverMuchIsStored() {
    world.client.takes(1);
    world.open(ALL);
    IntStream.range(0, 10_000).forEach(i -> world.log.append("repo"));
    world.time.advance(INTERVAL.multipliedBy(5));
    assertThat(world.log.pulled).isLessThanOrEqualTo(Cursor.PAGE);
  }

  @Test
  void clientThatComesBackAfterAStallMissesNothing() {
    world.client.takes(2);
    world.log.append("a", "b", "c", "d");
    world.open(ALL);
    world.time.advance(INTERVAL.multipliedBy(5));
    world.client.takes(100);
    world.ready();
    assertThat(world.client.identifiers()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void bookmarkThatAStalledClientMissedComesOnceWhenItIsBack() {
    world.open(ALL);
    world.client.takes(0);
    world.time.advance(INTERVAL.multipliedBy(5));
    world.client.takes(100);
    world.ready();
    assertThat(world.client.bookmarks()).hasSize(2);
  }

  @Test
  void placeThatIsTrimmedWhileASlowClientReadsIsOutOfRange() {
    world.client.takes(1);
    world.log.append("a", "b", "c");
    world.open(ALL);
    world.time.advance(INTERVAL.multipliedBy(2));
    world.log.trim(2);
    world.client.takes(100);
    world.ready();
    assertThat(world.client.identifiers()).containsExactly("a");
    world.assertOutOfRange("2-0");
  }
}
