package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.Await;

/** Streams of 10 KB results without end, and clients that do not read them. */
class StalledClientIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** What fits a connection's window and the buffers at both of its ends, and two pages. */
  private static final int MOST_PULLED = 400;

  private final EndlessLog log = new EndlessLog();
  @AutoClose private final ServiceStage stage = ServiceStage.withLog(log);

  @Test
  void stalledClientsCostABoundedNumberOfResultsAndNobodyElsesTime() {
    int stalled = 20;
    List<TestWatch> asleep =
        IntStream.range(0, stalled).mapToObj(i -> TestWatch.start(stage.connect(), 1)).toList();
    Await.until(
        SOON, "first response each", () -> asleep.stream().allMatch(w -> w.count.get() == 1));
    int many = 20_000;
    TestWatch awake = TestWatch.start(stage.connect(), many);
    Await.until(SOON, "all that was asked for", () -> awake.count.get() == many);
    assertThat(log.pulled.get()).isBetween((long) many, many + (stalled + 1L) * MOST_PULLED);
    assertThat(asleep).allMatch(watch -> watch.count.get() == 1 && watch.end == null);
  }

  @Test
  void clientThatWakesUpGetsEverythingInOrder() {
    TestWatch watch = TestWatch.start(stage.connect(), 1);
    Await.until(SOON, "first response", () -> watch.count.get() == 1);
    for (int i = 0; i < 9; i++) {
      int expected = 1 + (i + 1) * 11;
      watch.take(11);
      Await.until(SOON, "what was asked for", () -> watch.count.get() == expected);
    }
    assertThat(watch.first)
        .extracting(response -> response.getResumeToken())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).mapToObj(n -> n + "-0").toList());
  }

  @Test
  void cancelWhileStalledReleasesTheStream() {
    TestWatch watch = TestWatch.start(stage.connect(), 1);
    Await.until(SOON, "first response", () -> watch.count.get() == 1);
    assertThat(log.listeners.get()).isEqualTo(1);
    watch.cancel();
    Await.until(SOON, "release", () -> log.listeners.get() == 0);
  }

  @Test
  void cancelAtFullSpeedReleasesTheStream() {
    TestWatch watch = TestWatch.start(stage.connect(), Integer.MAX_VALUE);
    Await.until(SOON, "flow", () -> watch.count.get() > 1000);
    watch.cancel();
    Await.until(SOON, "release", () -> log.listeners.get() == 0);
  }

  @Test
  void connectionLostAtFullSpeedReleasesTheStream() {
    ManagedChannel channel = stage.connect();
    TestWatch watch = TestWatch.start(channel, Integer.MAX_VALUE);
    Await.until(SOON, "flow", () -> watch.count.get() > 1000);
    channel.shutdownNow();
    Await.until(SOON, "release", () -> log.listeners.get() == 0);
  }

  @Test
  void connectionLostWhileStalledReleasesTheStream() {
    ManagedChannel channel = stage.connect();
    TestWatch watch = TestWatch.start(channel, 1);
    Await.until(SOON, "first response", () -> watch.count.get() == 1);
    channel.shutdownNow();
    Await.until(SOON, "release", () -> log.listeners.get() == 0);
  }
}
