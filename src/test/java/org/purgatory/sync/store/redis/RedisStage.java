package org.purgatory.sync.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.RedisServer;
import org.purgatory.sync.testkit.RedisWire;
import org.purgatory.sync.testkit.VirtualTime;

/** A Redis server whose time, as far as scripts can tell, stands still until a test moves it. */
final class RedisStage implements AutoCloseable {

  private static final String CLOCK = "test:clock";
  private static final String TEST_TIME =
      """
      local function now()
        return tonumber(redis.call('GET', '%s'))
      end
      """
          .formatted(CLOCK);

  private final RedisServer server;
  private final DirectRedis direct;
  private final AsyncRedis async;
  private final RedisWire wire;

  /** The time that the scripts see. */
  private final VirtualTime time = new VirtualTime();

  RedisStage(RedisBinary binary) {
    server = RedisServer.start(binary);
    direct = new DirectRedis(server.url());
    async = new AsyncRedis(server.url());
    try {
      wire = new RedisWire(server.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pass(Duration.ZERO);
  }

  /** The scripts, with the stage's time. */
  static Scripts scripts() {
    return new Scripts(TEST_TIME);
  }

  /** Commands whose answers are there when the call returns. */
  RedisCommands direct() {
    return direct;
  }

  /** Commands whose answers come later. */
  RedisCommands async() {
    return async;
  }

  VirtualTime time() {
    return time;
  }

  /** Runs things in the stage's time, which the scripts see by then. */
  Timer timer() {
    return (delay, task) ->
        time.schedule(
            delay,
            () -> {
              showTime();
              task.run();
            });
  }

  RedisServer server() {
    return server;
  }

  /** Empties the database. The time stays. */
  void empty() {
    call("FLUSHALL");
    pass(Duration.ZERO);
  }

  void pass(Duration duration) {
    time.advance(duration);
    showTime();
  }

  /** Lets the scripts see what time it is. */
  private void showTime() {
    show(time.instant());
  }

  /** Lets the scripts see another time. */
  void show(Instant now) {
    call("SET", CLOCK, String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, now)));
  }

  /** Sends a command, on one connection. */
  Object call(String... command) {
    try {
      return wire.call(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    direct.close();
    async.close();
    wire.close();
    server.close();
  }
}
