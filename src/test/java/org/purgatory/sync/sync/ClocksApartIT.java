package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.store.redis.RedisStores;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.RedisServer;
import org.purgatory.sync.testkit.SampleSettings;
import org.purgatory.sync.testkit.SilentMetrics;

/** Two replicas on one Redis whose clocks are a quarter of an hour apart: nobody may notice. */
class ClocksApartIT {

  private static final String URL = "https://git.example/r.git";
  private static final int REPOSITORIES = 8;
  private static final int MANY = 20;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration DELAY = Duration.ofSeconds(2);

  private final RedisServer redis = RedisServer.start("--loglevel", "warning");
  private final Vertx vertx = Vertx.vertx();
  private final Replica ahead = new Replica(Duration.ofMinutes(8));
  private final Replica behind = new Replica(Duration.ofMinutes(-8));

  /** An engine with a clock of its own, whose remote answers when a test lets it. */
  private final class Replica {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final FakeGit git = new FakeGit();
    private final RedisStores stores;
    private final SyncEngine engine;
    private volatile int looks;

    Replica(Duration offset) {
      stores =
          new RedisStores(
              Redis.createClient(vertx, redis.url()),
              "clocks",
              new QueueSettings(
                  new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(2)),
                  Duration.ofMinutes(5),
                  Duration.ofDays(7),
                  Duration.ofSeconds(60),
                  1000,
                  100,
                  Duration.ofHours(24),
                  1000),
              SampleSettings.THROTTLE,
              this::schedule);
      git.hosts(user(1));
      for (int i = 1; i <= REPOSITORIES; i++) {
        git.serves(URL, oid(i));
      }
      git.hold(URL);
      engine =
          new SyncEngine(
              stores.store(),
              stores.throttle(),
              git,
              git,
              new SilentMetrics(),
              SampleSettings.ENGINE,
              Clock.offset(Clock.systemUTC(), offset),
              this::schedule,
              thread);
      Await.until(SOON, "connection", this::isConnected);
      thread.scheduleWithFixedDelay(
          () -> {
            engine.tick();
            engine.sweep();
            looks++;
          },
          0,
          50,
          TimeUnit.MILLISECONDS);
    }

    private Runnable schedule(Duration delay, Runnable task) {
      Future<?> future = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }

    private boolean isConnected() {
      return stores.problem().toCompletableFuture().handle((p, failure) -> failure == null).join();
    }

    void enqueue(int number) {
      Enqueue request =
          new Enqueue(
              List.of(state(number, user(1), "r" + number, oid(number))),
              List.of(announcement(1000 + number, user(1), "r" + number, URL)),
              DELAY,
              false);
      assertThat(engine.enqueue(request).toCompletableFuture().join())
          .isInstanceOf(EnqueueOutcome.Accepted.class);
    }

    int fetches() {
      return CompletableFuture.supplyAsync(git.fetches::size, thread).join();
    }

    void letGo() {
      thread.execute(git::letGo);
    }

    void stop() {
      engine.stop();
      stores.close();
      thread.shutdownNow();
    }
  }

  @AfterEach
  void stop() {
    ahead.stop();
    behind.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    redis.close();
  }

  @Test
  void delayIsAsLongWhoeverTakesTheEventIn() {
    for (Replica taking : List.of(ahead, behind)) {
      int before = fetches();
      long start = System.nanoTime();
      taking.enqueue(before + 1);
      Await.until(SOON, "fetch", () -> fetches() > before);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY);
    }
  }

  @Test
  void claimsAndLimitsHoldForBoth() {
    for (int i = 1; i <= REPOSITORIES; i++) {
      (i % 2 == 0 ? ahead : behind).enqueue(i);
    }
    Await.until(SOON, "five fetches", () -> fetches() == 5);
    // Had one of them taken the other's claims or permits for expired, its next looks would show.
    int looks = looks() + MANY;
    Await.until(SOON, "many looks of both", () -> looks() >= looks);
    assertThat(fetches()).isEqualTo(5);
    ahead.letGo();
    behind.letGo();
    Await.until(SOON, "results", () -> results() == REPOSITORIES);
    assertThat(fetches()).isEqualTo(REPOSITORIES);
  }

  private int fetches() {
    return ahead.fetches() + behind.fetches();
  }

  private int looks() {
    return Math.min(ahead.looks, behind.looks);
  }

  private int results() {
    ResultLog log = ahead.stores.results();
    ResultLog.Bounds bounds = log.bounds().toCompletableFuture().join();
    ResultLog.Read read = log.read(bounds.oldest(), 1000).toCompletableFuture().join();
    return ((ResultLog.Page) read)
        .results().stream().mapToInt(stored -> stored.result().released().size()).sum();
  }
}
