package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.StoreUnavailableException;
import org.purgatory.sync.testkit.VirtualTime;

class ResultStreamTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Watch ALL = new Watch(new Start.Oldest(), Set.of());
  private static final Watch ONLY_NEW = new Watch(new Start.OnlyNew(), Set.of());

  private final VirtualTime time = new VirtualTime();
  private final FakeLog log = new FakeLog();
  private final FakeClient client = new FakeClient();
  private ResultStream stream;

  @Test
  void retainedResultsComeFirstAndNewOnesFollow() {
    log.append("a", "b");
    open(ALL);
    append("c");
    assertThat(client.identifiers()).containsExactly("a", "b", "c");
    assertThat(client.tokens()).containsExactly("1-0", "2-0", "3-0");
  }

  @Test
  void streamStartsBehindWhatWasTrimmed() {
    log.append("a", "b", "c");
    log.trim(2);
    open(ALL);
    assertThat(client.identifiers()).containsExactly("c");
  }

  @Test
  void onlyNewLeavesOutWhatIsRetained() {
    log.append("a");
    open(ONLY_NEW);
    assertThat(client.tokens()).containsExactly("1-0");
    append("b");
    assertThat(client.identifiers()).containsExactly("b");
  }

  @Test
  void resumedStreamGoesOnBehindItsToken() {
    log.append("a", "b", "c");
    open(from(2));
    assertThat(client.identifiers()).containsExactly("c");
  }

  @Test
  void manyPagesComeInOrder() {
    int count = 5 * Cursor.PAGE + 7;
    IntStream.rangeClosed(1, count).forEach(n -> log.append("repo-" + n));
    open(ALL);
    assertThat(client.identifiers())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, count).mapToObj(n -> "repo-" + n).toList());
  }

  @Test
  void streamWithoutResultsBeginsWithBookmark() {
    open(ALL);
    assertThat(client.bookmarks()).hasSize(1);
    assertThat(client.tokens()).containsExactly("0-0");
  }

  @Test
  void quietStreamGetsOneBookmarkPerInterval() {
    open(ALL);
    time.advance(INTERVAL.multipliedBy(3));
    assertThat(client.bookmarks()).hasSize(4);
  }

  @Test
  void bookmarkComesAnIntervalAfterTheLastResult() {
    open(ALL);
    time.advance(Duration.ofSeconds(4));
    append("a");
    time.advance(Duration.ofSeconds(9));
    assertThat(client.bookmarks()).hasSize(1);
    time.advance(Duration.ofSeconds(1));
    assertThat(client.tokens()).containsExactly("0-0", "1-0", "1-0");
    assertThat(client.bookmarks().get(1).getBookmark().getAt())
        .isEqualTo(Times.timestamp(time.instant()));
  }

  @Test
  void bookmarksCarryTheProgressThatTheFilterHides() {
    open(new Watch(new Start.Oldest(), Set.of(new RepositoryIdentifier("mine"))));
    append("theirs", "mine", "theirs", "theirs");
    time.advance(INTERVAL);
    assertThat(client.identifiers()).containsExactly("mine");
    assertThat(client.tokens()).containsExactly("0-0", "2-0", "4-0");
  }

  @Test
  void resultThatIsStoredWhileAnOlderPageIsReadIsNotMissed() {
    open(ALL);
    log.hold();
    append("a");
    append("b");
    log.letGo();
    time.settle();
    assertThat(client.identifiers()).containsExactly("a", "b");
  }

  @Test
  void resultThatIsStoredBehindTheBackOfAnEmptyReadIsNotMissed() {
    log.hold();
    open(ALL);
    log.letOneGo();
    time.settle();
    append("a");
    log.letGo();
    time.settle();
    assertThat(client.identifiers()).containsExactly("a");
  }

  @Test
  void oneReadIsUnderWayAtMost() {
    open(ALL);
    int before = log.reads;
    log.hold();
    append("a", "b", "c");
    stream.ready();
    time.settle();
    assertThat(log.reads - before).isEqualTo(1);
  }

  @Test
  void burstOfAppendsCostsOneWakeUp() {
    open(ALL);
    int before = log.reads;
    IntStream.range(0, 50).forEach(i -> log.append("repo"));
    time.settle();
    assertThat(client.results()).hasSize(50);
    assertThat(log.reads - before).isEqualTo(2);
  }

  @Test
  void quietStreamReadsOncePerBookmark() {
    open(ALL);
    int before = log.reads;
    time.advance(INTERVAL.multipliedBy(100));
    assertThat(log.reads - before).isEqualTo(100);
    assertThat(client.bookmarks()).hasSize(101);
  }

  @Test
  void lostWordOfNewResultsCostsOneInterval() {
    open(ALL);
    time.advance(Duration.ofSeconds(4));
    log.appendUnheard("a", "b");
    time.advance(INTERVAL);
    assertThat(client.identifiers()).containsExactly("a", "b");
    assertThat(client.tokens()).containsExactly("0-0", "1-0", "2-0");
    time.advance(INTERVAL);
    assertThat(client.tokens()).containsExactly("0-0", "1-0", "2-0", "2-0");
  }

  @Test
  void lostWordOfResultsThatTheFilterHidesMovesTheBookmark() {
    open(new Watch(new Start.Oldest(), Set.of(new RepositoryIdentifier("mine"))));
    log.appendUnheard("theirs", "theirs");
    time.advance(INTERVAL);
    assertThat(client.tokens()).containsExactly("0-0", "2-0");
  }

  @Test
  void streamThatCannotReadIsNotAlive() {
    open(ALL);
    log.hold();
    time.advance(INTERVAL.multipliedBy(5));
    assertThat(client.bookmarks()).hasSize(1);
    log.letGo();
    time.settle();
    assertThat(client.bookmarks()).hasSize(2);
  }

  @Test
  void storeThatIsAwayEndsTheStreamAtTheNextBookmarkAtTheLatest() {
    open(ALL);
    log.failWith(new StoreUnavailableException("Redis is away"));
    time.advance(INTERVAL);
    assertThat(client.bookmarks()).hasSize(1);
    Status status = Statuses.of(client.failure).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).isEqualTo("Redis is away");
    assertReleased();
  }

  @Test
  void consumerThatNeverAcknowledgedStartsWithTheOldest() {
    log.append("a", "b", "c");
    log.trim(1);
    open(consumer("relay"));
    assertThat(client.identifiers()).containsExactly("b", "c");
  }

  @Test
  void consumerStartsBehindWhatItAcknowledged() {
    log.append("a", "b", "c");
    log.acknowledge("relay", FakeLog.position(2));
    log.acknowledge("other", FakeLog.position(3));
    open(consumer("relay"));
    assertThat(client.identifiers()).containsExactly("c");
  }

  @Test
  void consumerWhoseResultsAreGoneIsToldSo() {
    log.append("a", "b", "c");
    log.acknowledge("relay", FakeLog.position(1));
    log.trim(2);
    open(consumer("relay"));
    assertOutOfRange("2-0");
  }

  @Test
  void trimmingLosesNothingForAConsumerThatNeverAcknowledged() {
    log.append("a", "b");
    log.hold();
    open(consumer("relay"));
    log.letOneGo();
    time.settle();
    log.trim(1);
    log.letGo();
    time.settle();
    assertThat(client.identifiers()).containsExactly("b");
    assertThat(client.failure).isNull();
  }

  @Test
  void consumerThatCannotBeLookedUpEndsTheStream() {
    log.failWith(new StoreUnavailableException("Redis is away"));
    open(consumer("relay"));
    assertThat(client.failure).hasMessageContaining("Redis is away");
    assertReleased();
  }

  @Test
  void clientThatIsNotReadyIsSentNothingAndReadsNothing() {
    client.takes(0);
    log.append("a");
    open(ALL);
    append("b");
    time.advance(INTERVAL.multipliedBy(2));
    assertThat(client.responses).isEmpty();
    assertThat(log.reads).isZero();
  }

  @Test
  void clientThatBecomesReadyGetsWhatWaited() {
    client.takes(1);
    log.append("a", "b", "c");
    open(ALL);
    assertThat(client.identifiers()).containsExactly("a");
    client.takes(5);
    stream.ready();
    time.settle();
    assertThat(client.identifiers()).containsExactly("a", "b", "c");
  }

  @Test
  void stalledClientCostsOnePageHoweverMuchIsStored() {
    client.takes(1);
    open(ALL);
    IntStream.range(0, 10_000).forEach(i -> log.append("repo"));
    time.advance(INTERVAL.multipliedBy(5));
    assertThat(log.pulled).isLessThanOrEqualTo(Cursor.PAGE);
  }

  @Test
  void clientThatComesBackAfterAStallMissesNothing() {
    client.takes(2);
    log.append("a", "b", "c", "d");
    open(ALL);
    time.advance(INTERVAL.multipliedBy(5));
    client.takes(100);
    stream.ready();
    time.settle();
    assertThat(client.identifiers()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void bookmarkThatAStalledClientMissedComesOnceWhenItIsBack() {
    open(ALL);
    client.takes(0);
    time.advance(INTERVAL.multipliedBy(5));
    client.takes(100);
    stream.ready();
    time.settle();
    assertThat(client.bookmarks()).hasSize(2);
  }

  @Test
  void placeThatWasTrimmedBeforeTheClientCameIsOutOfRange() {
    log.append("a", "b", "c");
    log.trim(2);
    open(from(1));
    assertOutOfRange("2-0");
  }

  @Test
  void placeAheadOfEverythingIsOutOfRange() {
    log.append("a");
    open(from(9));
    assertOutOfRange("0-0");
  }

  @Test
  void placeThatIsTrimmedWhileASlowClientReadsIsOutOfRange() {
    client.takes(1);
    log.append("a", "b", "c");
    open(ALL);
    time.advance(INTERVAL.multipliedBy(2));
    log.trim(2);
    client.takes(100);
    stream.ready();
    time.settle();
    assertThat(client.identifiers()).containsExactly("a");
    assertOutOfRange("2-0");
  }

  @Test
  void trimmingBetweenAskingForTheOldestPlaceAndReadingThereLosesNothing() {
    log.append("a", "b");
    log.hold();
    open(ALL);
    log.trim(1);
    log.letGo();
    time.settle();
    assertThat(client.identifiers()).containsExactly("b");
    assertThat(client.failure).isNull();
  }

  @Test
  void failureOfTheLogEndsTheStream() {
    log.failWith(new IllegalStateException("the store is down"));
    open(ALL);
    assertThat(client.failure).hasMessageContaining("the store is down");
    assertReleased();
  }

  @Test
  void failureOfALaterReadEndsTheStream() {
    open(ALL);
    log.failWith(new IllegalStateException("the store is down"));
    append("a");
    assertThat(client.failure).hasMessageContaining("the store is down");
    assertReleased();
  }

  @Test
  void cancelledStreamSendsNothingMoreAndReleasesAll() {
    open(ALL);
    stream.cancel();
    append("a");
    time.advance(INTERVAL.multipliedBy(3));
    assertThat(client.results()).isEmpty();
    assertThat(client.bookmarks()).hasSize(1);
    assertReleased();
  }

  @Test
  void cancelDuringAReadThrowsItsPageAway() {
    open(ALL);
    log.hold();
    append("a");
    stream.cancel();
    time.settle();
    log.letGo();
    time.settle();
    assertThat(client.results()).isEmpty();
    assertThat(client.failure).isNull();
    assertReleased();
  }

  @Test
  void cancelBeforeTheStartedTaskRanLeavesNothingBehind() {
    stream = stream(ALL);
    stream.cancel();
    stream.start();
    time.settle();
    assertReleased();
  }

  private void assertOutOfRange(String oldest) {
    Status status = Statuses.of(client.failure).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(status.getDescription()).endsWith("the oldest resume token is " + oldest);
    assertReleased();
  }

  private void assertReleased() {
    assertThat(log.listeners()).isZero();
    List<?> before = List.copyOf(client.responses);
    time.advance(INTERVAL.multipliedBy(3));
    assertThat(client.responses).isEqualTo(before);
  }

  private static Watch consumer(String name) {
    return new Watch(new Start.Acknowledged(name), Set.of());
  }

  private static Watch from(int n) {
    return new Watch(new Start.Behind(FakeLog.position(n)), Set.of());
  }

  private void append(String... identifiers) {
    log.append(identifiers);
    time.settle();
  }

  private void open(Watch watch) {
    stream = stream(watch);
    stream.start();
    time.settle();
  }

  private ResultStream stream(Watch watch) {
    return new ResultStream(watch, client, log, time, time, INTERVAL, time);
  }
}
