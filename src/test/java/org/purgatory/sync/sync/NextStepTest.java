package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.oid;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;

class NextStepTest {

  private static final CloneUrl A1 = CloneUrl.parse("https://a.example/1");
  private static final CloneUrl A2 = CloneUrl.parse("https://a.example/2");
  private static final CloneUrl B1 = CloneUrl.parse("https://b.example/1");

  private final FakeContext world = new FakeContext();
  private final NextStep next = new NextStep(world, new TriedUrls());

  @Test
  void endsWhenNothingIsPending() {
    world.pending = false;
    assertThat(take()).isEqualTo(new SyncStep.NoPendingEvents());
    assertThat(world.processed).isZero();
  }

  @Test
  void processesAndCompletesWhenNothingIsNeeded() {
    world.moreWaits = false;
    assertThat(take()).isEqualTo(new SyncStep.Complete());
    assertThat(world.processed).isEqualTo(1);
  }

  @Test
  void waitsWhenNothingIsNeededAndEventsStayAllTheSame() {
    assertThat(take()).isEqualTo(new SyncStep.NoMoreUrls());
    assertThat(world.processed).isEqualTo(1);
  }

  @Test
  void completesWithTheFetchThatReleasedTheLastEvent() {
    world.moreWaits = false;
    world.needs(oid(1)).at(A1);
    assertThat(take()).isEqualTo(new SyncStep.Complete());
  }

  @Test
  void asksAServerForAllNeededObjectsAtOnce() {
    world.needs(oid(1), oid(2)).at(A1);
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(A1, 2));
    assertThat(world.asked).containsExactly(FakeContext.request(A1, oid(1), oid(2)));
  }

  @Test
  void processesAtOnceWhatAFetchBrought() {
    world.needs(oid(1)).at(A1);
    take();
    assertThat(world.processed).isEqualTo(1);
  }

  @Test
  void processesNothingAfterAFetchThatBroughtNothing() {
    world.needs(oid(1)).at(A1);
    world.answers.put(A1, new FetchResult.Failed(FetchFailure.NOT_FOUND, "404"));
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(A1, 0));
    assertThat(world.processed).isZero();
  }

  @Test
  void releasesWhatIsReadyBeforeItHuntsForTheRest() {
    world.ready = true;
    world.needs(oid(1)).at(A1);
    world.answers.put(A1, new FetchResult.Failed(FetchFailure.TIMEOUT, "slow"));
    take();
    assertThat(world.processed).isEqualTo(1);
  }

  @Test
  void skipsTriedUrlsUntilNoneIsLeft() {
    world.needs(oid(1)).at(A1, A2);
    world.answers.put(A1, new FetchResult.Failed(FetchFailure.NOT_FOUND, "404"));
    world.answers.put(A2, new FetchResult.Failed(FetchFailure.TIMEOUT, "slow"));
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(A1, 0));
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(A2, 0));
    assertThat(take()).isEqualTo(new SyncStep.NoMoreUrls());
  }

  @Test
  void triesADomainWithCapacityBeforeOneWithout() {
    world.needs(oid(1)).at(A1, B1);
    world.throttled.put(A1.domain(), Duration.ofSeconds(5));
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(B1, 1));
  }

  @Test
  void saysHowLongTheShortestWaitIsWhenEveryDomainIsThrottled() {
    world.needs(oid(1)).at(A1, A2, B1);
    world.throttled.put(A1.domain(), Duration.ofSeconds(5));
    world.throttled.put(B1.domain(), Duration.ofSeconds(3));
    assertThat(take()).isEqualTo(new SyncStep.AllUrlsThrottled(Duration.ofSeconds(3)));
    assertThat(world.asked).isEmpty();
    assertThat(world.waitsFor).containsExactlyInAnyOrder(A1.domain(), B1.domain());
    assertThat(world.saidToBeThrottled).isTrue();
  }

  @Test
  void asksAgainWithoutTheObjectThatAServerLacks() {
    world.needs(oid(1), oid(2)).at(A1);
    world.answers.put(A1, new FetchResult.ObjectMissing(oid(2)));
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(A1, 0));
    world.answers.clear();
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(A1, 1));
    assertThat(world.asked)
        .containsExactly(FakeContext.request(A1, oid(1), oid(2)), FakeContext.request(A1, oid(1)));
    assertThat(world.permits).isEqualTo(2);
  }

  @Test
  void asksAgainWithoutAllThatAServerIsKnownToLack() {
    world.needs(oid(1), oid(2), oid(3)).at(A1);
    world.answers.put(A1, new FetchResult.ObjectMissing(Set.of(oid(2), oid(3))));
    take();
    world.answers.clear();
    take();
    assertThat(world.asked.get(1)).isEqualTo(FakeContext.request(A1, oid(1)));
  }

  @Test
  void givesUpOnAServerThatLacksEverything() {
    world.needs(oid(1)).at(A1);
    world.answers.put(A1, new FetchResult.ObjectMissing(oid(1)));
    take();
    assertThat(take()).isEqualTo(new SyncStep.NoMoreUrls());
  }

  @Test
  void takesTurnsBetweenTheUrlsOfADomain() {
    world.needs(oid(1), oid(2), oid(3)).at(A1, A2);
    world.answers.put(A1, new FetchResult.ObjectMissing(oid(1)));
    world.answers.put(A2, new FetchResult.ObjectMissing(oid(2)));
    take();
    take();
    world.answers.put(A1, new FetchResult.ObjectMissing(oid(2)));
    take();
    take();
    assertThat(world.asked).extracting(FetchRequest::url).containsExactly(A1, A2, A1, A2);
  }

  @Test
  void usesUrlsAndObjectsThatAppearDuringTheRun() {
    world.needs(oid(1)).at(A1);
    world.answers.put(A1, new FetchResult.Failed(FetchFailure.NOT_FOUND, "404"));
    take();
    world.needs(oid(1), oid(2)).at(A1, B1);
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(B1, 2));
  }

  @Test
  void serverThatIsNotTriedNowCostsNoPermitAndOthersOfItsHostGoOn() {
    CloneUrl otherPort = CloneUrl.parse("https://a.example:8443/1");
    world.needs(oid(1)).at(A1, A2, otherPort);
    world.blocked = A1.origin()::equals;
    assertThat(take()).isEqualTo(new SyncStep.TriedUrl(otherPort, 1));
    assertThat(world.asked).extracting(FetchRequest::url).containsExactly(otherPort);
    assertThat(world.permits).isEqualTo(1);
    assertThat(world.skipped.keySet()).containsExactly(A1, A2);
    assertThat(world.skipped.get(A1))
        .isEqualTo(
            new FetchResult.Failed(
                FetchFailure.CIRCUIT_OPEN,
                "failed lately (unreachable), not tried for another 60 s"));
  }

  @Test
  void runHasNoMoreUrlsWhenNoServerIsTriedNow() {
    world.needs(oid(1)).at(A1, B1);
    world.blocked = origin -> true;
    assertThat(take()).isEqualTo(new SyncStep.NoMoreUrls());
    assertThat(world.asked).isEmpty();
  }

  @Test
  void serverThatWasNotTriedIsDoneWithForThisRun() {
    world.needs(oid(1)).at(A1);
    world.blocked = origin -> true;
    take();
    world.blocked = origin -> false;
    assertThat(take()).isEqualTo(new SyncStep.NoMoreUrls());
    assertThat(world.asks).isEqualTo(1);
  }

  @Test
  void runDoesNotStandInLineForAServerThatIsNotTriedNow() {
    world.needs(oid(1)).at(A1, B1);
    world.blocked = A1.origin()::equals;
    world.throttled.put(B1.domain(), Duration.ofSeconds(3));
    assertThat(take()).isEqualTo(new SyncStep.AllUrlsThrottled(Duration.ofSeconds(3)));
    assertThat(world.waitsFor).containsExactly(B1.domain());
  }

  @Test
  void eventsThatNameServersWithoutEndCostOneQuestionEachAndNoStack() {
    CloneUrl[] urls =
        IntStream.rangeClosed(1, 20_000)
            .mapToObj(port -> CloneUrl.parse("https://a.example:" + port + "/1"))
            .toArray(CloneUrl[]::new);
    world.needs(oid(1)).at(urls);
    world.blocked = origin -> true;
    assertThat(take()).isEqualTo(new SyncStep.NoMoreUrls());
    assertThat(world.asks).isEqualTo(urls.length);
  }

  @Test
  void runStandsInALimitedNumberOfLines() {
    CloneUrl[] urls =
        IntStream.rangeClosed(1, 200)
            .mapToObj(host -> CloneUrl.parse("https://h" + host + ".example/1"))
            .toArray(CloneUrl[]::new);
    world.needs(oid(1)).at(urls);
    Stream.of(urls).forEach(url -> world.throttled.put(url.domain(), Duration.ofSeconds(1)));
    take();
    assertThat(world.waitsFor).hasSize(100);
  }

  private SyncStep take() {
    return next.take().toCompletableFuture().join();
  }
}
