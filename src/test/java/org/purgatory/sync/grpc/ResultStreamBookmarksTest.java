package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.StreamWorld.ALL;
import static org.purgatory.sync.grpc.StreamWorld.INTERVAL;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/** Bookmarks tell that a stream is alive, and how far it has come. */
class ResultStreamBookmarksTest {

  private final StreamWorld world = new StreamWorld();

  @Test
  void streamWithoutResultsBeginsWithBookmark() {
    world.open(ALL);
    assertThat(world.client.bookmarks()).hasSize(1);
    assertThat(world.client.tokens()).containsExactly("0-0");
  }

  @Test
  void quietStreamGetsOneBookmarkPerInterval() {
    world.open(ALL);
    world.time.advance(INTERVAL.multipliedBy(3));
    assertThat(world.client.bookmarks()).hasSize(4);
  }

  @Test
  void bookmarkComesAnIntervalAfterTheLastResult() {
    world.open(ALL);
    world.time.advance(Duration.ofSeconds(4));
    world.append("a");
    world.time.advance(Duration.ofSeconds(9));
    assertThat(world.client.bookmarks()).hasSize(1);
    world.time.advance(Duration.ofSeconds(1));
    assertThat(world.client.tokens()).containsExactly("0-0", "1-0", "1-0");
    assertThat(world.client.bookmarks().get(1).getBookmark().getAt())
        .isEqualTo(Times.timestamp(world.time.instant()));
  }

  @Test
  void bookmarksCarryTheProgressThatTheFilterHides() {
    world.open(new Watch(new Start.Oldest(), Set.of(new RepositoryIdentifier("mine"))));
    world.append("theirs", "mine", "theirs", "theirs");
    world.time.advance(INTERVAL);
    assertThat(world.client.identifiers()).containsExactly("mine");
    assertThat(world.client.tokens()).containsExactly("0-0", "2-0", "4-0");
  }

  @Test
  void quietStreamReadsOncePerBookmark() {
    world.open(ALL);
    int before = world.log.reads;
    world.time.advance(INTERVAL.multipliedBy(100));
    assertThat(world.log.reads - before).isEqualTo(100);
    assertThat(world.client.bookmarks()).hasSize(101);
  }

  @Test
  void lostWordOfNewResultsCostsOneInterval() {
    world.open(ALL);
    world.time.advance(Duration.ofSeconds(4));
    world.log.appendUnheard("a", "b");
    world.time.advance(INTERVAL);
    assertThat(world.client.identifiers()).containsExactly("a", "b");
    assertThat(world.client.tokens()).containsExactly("0-0", "1-0", "2-0");
    world.time.advance(INTERVAL);
    assertThat(world.client.tokens()).containsExactly("0-0", "1-0", "2-0", "2-0");
  }

  @Test
  void lostWordOfResultsThatTheFilterHidesMovesTheBookmark() {
    world.open(new Watch(new Start.Oldest(), Set.of(new RepositoryIdentifier("mine"))));
    world.log.appendUnheard("theirs", "theirs");
    world.time.advance(INTERVAL);
    assertThat(world.client.tokens()).containsExactly("0-0", "2-0");
  }

  @Test
  void streamThatCannotReadIsNotAlive() {
    world.open(ALL);
    world.log.hold();
    world.time.advance(INTERVAL.multipliedBy(5));
    assertThat(world.client.bookmarks()).hasSize(1);
    world.letGo();
    assertThat(world.client.bookmarks()).hasSize(2);
  }
}
