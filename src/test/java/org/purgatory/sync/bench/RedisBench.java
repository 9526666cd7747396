package org.purgatory.sync.bench;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.purgatory.sync.store.redis.RedisStores;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.RedisServer;

/** A Redis of its own with the stores on it, and what the server says of itself. */
final class RedisBench implements AutoCloseable {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final QueueSettings QUEUE =
      new QueueSettings(
          new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(2)),
          LONG,
          LONG,
          LEASE,
          1_000_000,
          1_000,
          LONG,
          1_000_000);
  private static final ThrottleSettings THROTTLE =
      new ThrottleSettings(new ThrottleSettings.Limits(5, 30), Map.of(), LEASE);
  private static final Pattern CALLS =
      Pattern.compile("cmdstat_(?:eval|evalsha|xread|xrange):calls=(\\d+)");
  private static final Pattern BUSY = Pattern.compile("cmdstat_evalsha:calls=\\d+,usec=(\\d+)");
  private static final Pattern MEMORY = Pattern.compile("used_memory:(\\d+)");

  final RedisBinary binary;
  final RedisServer server;
  final RedisStores stores;
  final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
  private final Vertx vertx = Vertx.vertx();

  RedisBench() {
    List<RedisBinary> binaries = RedisBinary.all();
    binary = binaries.get(binaries.size() - 1);
    server = RedisServer.start(binary);
    stores =
        new RedisStores(Redis.createClient(vertx, server.url()), "bench", QUEUE, THROTTLE, timer());
    Await.until(LEASE, "connection", this::answers);
  }

  private boolean answers() {
    try {
      stores.store().usage().toCompletableFuture().join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  Timer timer() {
    return (delay, task) -> {
      Future<?> future = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    };
  }

  /** How many commands clients have sent so far; what scripts do inside does not count. */
  long commands() {
    return sum(CALLS.matcher(info("commandstats")));
  }

  /** For how many microseconds the server has run scripts so far. */
  long busyMicros() {
    return sum(BUSY.matcher(info("commandstats")));
  }

  /** How many bytes the server has allocated. */
  long memory() {
    return sum(MEMORY.matcher(info("memory")));
  }

  private String info(String section) {
    return (String) server.call("INFO", section);
  }

  private static long sum(Matcher found) {
    return found.results().mapToLong(match -> Long.parseLong(match.group(1))).sum();
  }

  @Override
  public void close() {
    stores.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    threads.shutdownNow();
    server.close();
  }
}
