package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.redis.Subject.done;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.RedisServer;

/** The log as readers follow it, on the server's own time. */
class RedisResultLogIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Scripts SCRIPTS = new Scripts(Scripts.SERVER_TIME);
  private static final QueueSettings SETTINGS =
      new QueueSettings(
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          1000,
          10_000,
          Duration.ofHours(1),
          100_000);

  private final RedisServer server =
      RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
  private final AsyncRedis client = new AsyncRedis(server.url());
  private final AsyncRedis blocking = new AsyncRedis(server.url());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SyncStore store = new RedisSyncStore(client, SCRIPTS, "g", SETTINGS);
  private final RedisResultLog log =
      new RedisResultLog(
          client,
          blocking,
          SCRIPTS,
          "g",
          (delay, task) -> {
            Future<?> future = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
          });

  @AfterEach
  void stop() {
    log.close();
    threads.shutdownNow();
    timer.shutdownNow();
    client.close();
    blocking.close();
    server.close();
  }

  /** Some follow, some come late, some read in small pages: all get the same. */
  @Test
  void everyReaderGetsEveryResultOnceAndInOrder() throws Exception {
    int count = 2500; // More than are kept in memory.
    ResultPosition start = done(log.bounds()).newest();
    log.start();
    List<Callable<List<ResultPosition>>> readers = new ArrayList<>();
    for (int most : new int[] {64, 1, 7, 1000}) {
      readers.add(() -> follow(start, most, count));
    }
    List<Future<List<ResultPosition>>> running = new ArrayList<>();
    readers.forEach(reader -> running.add(threads.submit(reader)));
    publish(1, count / 2);
    running.add(threads.submit(() -> follow(start, 64, count)));
    publish(count / 2 + 1, count);
    running.add(threads.submit(() -> follow(start, 64, count)));
    List<ResultPosition> first = running.get(0).get(60, TimeUnit.SECONDS);
    assertThat(first).hasSize(count).doesNotHaveDuplicates().isSorted();
    for (Future<List<ResultPosition>> reader : running) {
      assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(first);
    }
  }

  @Test
  void readersAtTheEndCostRedisNothing() {
    log.start();
    publish(1, 10);
    awaitTail();
    ResultPosition newest = done(log.bounds()).newest();
    ResultPosition before = new ResultPosition(newest.millis(), newest.number() - 1);
    long scripts = scriptsRun();
    for (int i = 0; i < 1000; i++) {
      assertThat(((ResultLog.Page) done(log.read(newest, 64))).results()).isEmpty();
    }
    assertThat(scriptsRun() - scripts).as("but for the tail's own reading").isLessThan(10);
    assertThat(done(log.read(before, 64))).isInstanceOf(ResultLog.Read.class);
  }

  @Test
  void outageIsSurvivedWithoutAGap() throws Exception {
    ResultPosition start = done(log.bounds()).newest();
    log.start();
    publish(1, 20);
    awaitTail();
    server.kill();
    Await.until(PATIENCE, "forgotten tail", () -> log.remembered().isEmpty());
    server.start();
    publish(21, 40);
    assertThat(threads.submit(() -> follow(start, 64, 40)).get(60, TimeUnit.SECONDS)).hasSize(40);
    awaitTail();
  }

  /** What was stored just before is lost, so a reader must not go on as if nothing was. */
  @Test
  void readerFromBeforeTheDatabaseWasEmptiedIsOutOfRange() {
    log.start();
    publish(1, 3);
    awaitTail();
    ResultPosition before = done(log.bounds()).newest();
    Semaphore told = new Semaphore(0);
    log.onAppend(told::release);
    server.call("FLUSHALL");
    Await.until(PATIENCE, "call of the listener", () -> told.tryAcquire());
    assertThat(done(log.read(before, 9))).isInstanceOf(ResultLog.OutOfRange.class);
    publish(4, 5);
    awaitTail();
    assertThat(done(log.read(done(log.bounds()).oldest(), 9)))
        .isNotInstanceOf(ResultLog.OutOfRange.class);
  }

  @Test
  void resultThatCannotBeReadIsLeftOut() {
    ResultPosition start = done(log.bounds()).newest();
    publish(1, 1);
    ResultPosition bad = done(log.bounds()).newest().next(0);
    server.call("XADD", "purgatory:{g}:results", bad.token(), "outcome", "NONSENSE");
    server.call("HSET", "purgatory:{g}:meta", "newest", bad.token());
    publish(2, 2);
    List<StoredResult> all = new ArrayList<>(page(start, 1));
    List<StoredResult> next = page(all.get(0).position(), 1);
    assertThat(next).as("the one behind it").hasSize(1);
    assertThat(page(next.get(0).position(), 1)).isEmpty();
  }

  private List<StoredResult> page(ResultPosition after, int most) {
    return ((ResultLog.Page) done(log.read(after, most))).results();
  }

  private void awaitTail() {
    Await.until(PATIENCE, "tail", () -> log.remembered().equals(Optional.of(done(log.bounds()))));
  }

  private long scriptsRun() {
    String stats = (String) server.call("INFO", "commandstats");
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_eval:calls="))
        .mapToLong(line -> Long.parseLong(line.split("[=,]")[1]))
        .sum();
  }

  /** Reads on whenever it is told that there is more, and never just because time passes. */
  private List<ResultPosition> follow(ResultPosition start, int most, int count) throws Exception {
    Semaphore more = new Semaphore(1);
    List<ResultPosition> got = new ArrayList<>();
    ResultPosition place = start;
    ResultLog.Subscription subscription = log.onAppend(more::release);
    try {
      while (got.size() < count) {
        assertThat(more.tryAcquire(30, TimeUnit.SECONDS)).as("told after " + got.size()).isTrue();
        more.drainPermits();
        for (List<StoredResult> page = page(place, most); !page.isEmpty(); ) {
          page.forEach(stored -> got.add(stored.position()));
          place = got.get(got.size() - 1);
          page = page(place, most);
        }
      }
    } finally {
      subscription.close();
    }
    return got;
  }

  /** Publishes a result for each event of some numbers. */
  private void publish(int first, int last) {
    List<GitEvent> events =
        IntStream.rangeClosed(first, last)
            .<GitEvent>mapToObj(i -> state(i, user(i), "r", oid(1)))
            .toList();
    await(() -> done(store.enqueue(new Enqueue(events, List.of(), Duration.ZERO, false))));
    List<Claimed> claimed = await(() -> done(store.claimDue(1))).claimed();
    Claim claim = claimed.get(0).claim();
    for (GitEvent event : events) {
      done(store.publish(claim, satisfying(event.id())));
    }
  }

  /** The test's client finds its connections broken only when it uses them. */
  private static <T> T await(Callable<T> call) {
    List<T> answer = new ArrayList<>();
    Await.until(
        PATIENCE,
        "answer of Redis",
        () -> {
          try {
            answer.add(call.call());
            return true;
          } catch (CompletionException e) {
            return false;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    return answer.get(0);
  }
}
