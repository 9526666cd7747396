package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.StreamWorld.consumer;

import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.StoreUnavailableException;

/** Streams of consumers, which go on behind what they acknowledged. */
class ResultStreamConsumerTest {

  private final StreamWorld world = new StreamWorld();

  @Test
  void consumerThatNeverAcknowledgedStartsWithTheOldest() {
    world.log.append("a", "b", "c");
    world.log.trim(1);
    world.open(consumer("relay"));
    assertThat(world.client.identifiers()).containsExactly("b", "c");
  }

  @Test
  void consumerStartsBehindWhatItAcknowledged() {
    world.log.append("a", "b", "c");
    world.log.acknowledge("relay", FakeLog.position(2));
    world.log.acknowledge("other", FakeLog.position(3));
    world.open(consumer("relay"));
    assertThat(world.client.identifiers()).containsExactly("c");
  }

  @Test
  void consumerWhoseResultsAreGoneIsToldSo() {
    world.log.append("a", "b", "c");
    world.log.acknowledge("relay", FakeLog.position(1));
    world.log.trim(2);
    world.open(consumer("relay"));
    world.assertOutOfRange("2-0");
  }

  @Test
  void trimmingLosesNothingForAConsumerThatNeverAcknowledged() {
    world.log.append("a", "b");
    world.log.hold();
    world.open(consumer("relay"));
    world.log.letOneGo();
    world.time.settle();
    world.log.trim(1);
    world.letGo();
    assertThat(world.client.identifiers()).containsExactly("b");
    assertThat(world.client.failure).isNull();
  }

  @Test
  void consumerThatCannotBeLookedUpEndsTheStream() {
    world.log.failWith(new StoreUnavailableException("Redis is away"));
    world.open(consumer("relay"));
    assertThat(world.client.failure).hasMessageContaining("Redis is away");
    world.assertReleased();
  }
}
