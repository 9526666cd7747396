package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.testkit.RedisBinary;

/**
 * The Redis adapters on a real Redis whose scripts see the time of a simulation. Every answer, and
 * every message that came of a command, is there when the command's call returns.
 */
public final class ShiftedRedis implements AutoCloseable {

  private static final String GROUP = "g";

  private final RedisStage stage = new RedisStage(RedisBinary.embedded());
  private final Turns turns = new Turns(stage.server().port());
  private Clock clock;
  private Instant shown;

  /** Begins anew: an empty database, and another clock. */
  public void begin(Clock other) {
    clock = other;
    turns.forget();
    stage.call("FLUSHALL");
    shown = null;
  }

  /** A queue with its results in this Redis. */
  public SyncStore store(QueueSettings settings) {
    return new RedisSyncStore(new InTime(), RedisStage.scripts(), GROUP, settings);
  }

  /** The results. */
  public ResultLog results(Timer timer) {
    return new RedisResultLog(new InTime(), new InTime(), RedisStage.scripts(), GROUP, timer);
  }

  /** The throttle as a replica sees it. */
  public DomainThrottle throttle(String replica, ThrottleSettings settings, Timer timer) {
    return new RedisDomainThrottle(
        new InTime(), turns, RedisStage.scripts(), replica, settings, timer);
  }

  /** Forgets the throttle, and holds what else Redis holds against the store's invariants. */
  public void check(QueueSettings settings) {
    List<?> throttle = (List<?>) stage.call("KEYS", "purgatory:throttle*");
    throttle.forEach(key -> stage.call("DEL", (String) key));
    new RedisInvariants(RedisState.read(stage)).check("Redis", settings);
  }

  @Override
  public void close() {
    turns.close();
    stage.close();
  }

  /** Commands that see what time it is. */
  private final class InTime implements RedisCommands {

    @Override
    public CompletionStage<Response> run(Script script, List<String> keys, List<String> arguments) {
      showTime();
      CompletionStage<Response> answer = stage.direct().run(script, keys, arguments);
      turns.deliver();
      return answer;
    }

    @Override
    public CompletionStage<Response> send(Request command) {
      showTime();
      return stage.direct().send(command);
    }

    private void showTime() {
      Instant now = clock.instant();
      if (!now.equals(shown)) {
        stage.show(now);
        shown = now;
      }
    }
  }
}
