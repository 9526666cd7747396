package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.StreamWorld.ALL;
import static org.purgatory.sync.grpc.StreamWorld.INTERVAL;
import static org.purgatory.sync.grpc.StreamWorld.from;

import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.StoreUnavailableException;

/** What ends a stream, and that nothing of it is left then. */
class ResultStreamEndTest {

  private final StreamWorld world = new StreamWorld();

  @Test
  void placeThatWasTrimmedBeforeTheClientCameIsOutOfRange() {
    world.log.append("a", "b", "c");
    world.log.trim(2);
    world.open(from(1));
    world.assertOutOfRange("2-0");
  }

  @Test
  void placeAheadOfEverythingIsOutOfRange() {
    world.log.append("a");
    world.open(from(9));
    world.assertOutOfRange("0-0");
  }

  @Test
  void storeThatIsAwayEndsTheStreamAtTheNextBookmarkAtTheLatest() {
    world.open(ALL);
    world.log.failWith(new StoreUnavailableException("Redis is away"));
    world.time.advance(INTERVAL);
    assertThat(world.client.bookmarks()).hasSize(1);
    Status status = Statuses.of(world.client.failure).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).isEqualTo("Redis is away");
    world.assertReleased();
  }

  @Test
  void failureOfTheLogEndsTheStream() {
    world.log.failWith(new IllegalStateException("the store is down"));
    world.open(ALL);
    assertThat(world.client.failure).hasMessageContaining("the store is down");
    world.assertReleased();
  }

  @Test
  void failureOfALaterReadEndsTheStream() {
    world.open(ALL);
    world.log.failWith(new IllegalStateException("the store is down"));
    world.append("a");
    assertThat(world.client.failure).hasMessageContaining("the store is down");
    world.assertReleased();
  }

  @Test
  void cancelledStreamSendsNothingMoreAndReleasesAll() {
    world.open(ALL);
    world.stream.cancel();
    world.append("a");
    world.time.advance(INTERVAL.multipliedBy(3));
    assertThat(world.client.results()).isEmpty();
    assertThat(world.client.bookmarks()).hasSize(1);
    world.assertReleased();
  }

  @Test
  void cancelDuringAReadThrowsItsPageAway() {
    world.open(ALL);
    world.log.hold();
    world.append("a");
    world.stream.cancel();
    world.time.settle();
    world.letGo();
    assertThat(world.client.results()).isEmpty();
    assertThat(world.client.failure).isNull();
    world.assertReleased();
  }

  @Test
  void cancelBeforeTheStartedTaskRanLeavesNothingBehind() {
    world.make(ALL);
    world.stream.cancel();
    world.stream.start();
    world.time.settle();
    world.assertReleased();
  }
}
