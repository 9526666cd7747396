package org.purgatory.sync.store.redis;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.store.DomainThrottleContract;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.RedisServer;
import org.purgatory.sync.testkit.VirtualTime;

@ParameterizedClass
@MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
class RedisDomainThrottleIT extends DomainThrottleContract {

  private static RedisServer server;
  private static DirectRedis redis;

  @Parameter RedisBinary binary;

  private final VirtualTime time = new VirtualTime();
  private final TestTime serverTime = new TestTime(server);
  private final RedisDomainThrottle throttle =
      new RedisDomainThrottle(
          redis,
          (channel, listener, onGap) -> {},
          serverTime.scripts(),
          "replica",
          SETTINGS,
          (delay, task) ->
              time.schedule(
                  delay,
                  () -> {
                    serverTime.set(time.instant());
                    task.run();
                  }));

  @BeforeParameterizedClassInvocation
  static void start(RedisBinary binary) {
    server = RedisServer.start(binary);
    redis = new DirectRedis(server.url());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    redis.close();
    server.close();
  }

  @BeforeEach
  void clear() {
    server.call("FLUSHALL");
    serverTime.set(time.instant());
  }

  @Override
  protected DomainThrottle throttle() {
    return throttle;
  }

  @Override
  protected void pass(Duration duration) {
    time.advance(duration);
    serverTime.set(time.instant());
  }
}
