package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.purgatory.sync.testkit.RedisServer;

/** A server's time that stands still until a test moves it: scripts read it from a key. */
final class TestTime {

  private static final String KEY = "test:now";

  private final RedisServer server;

  TestTime(RedisServer server) {
    this.server = server;
  }

  /** Scripts that see this time. */
  Scripts scripts() {
    return new Scripts(
        """
        local function now()
          return tonumber(redis.call('GET', '%s'))
        end
        """
            .formatted(KEY));
  }

  void set(Instant time) {
    server.call("SET", KEY, String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, time)));
  }

  void pass(Duration duration) {
    server.call("INCRBY", KEY, String.valueOf(duration.toNanos() / 1000));
  }
}
