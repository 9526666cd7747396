package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.store.DomainThrottleContract;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.testkit.RedisBinary;

@ParameterizedClass
@MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
class RedisDomainThrottleIT extends DomainThrottleContract {

  private static RedisStage stage;

  @Parameter RedisBinary binary;

  private final RedisDomainThrottle throttle =
      new RedisDomainThrottle(
          stage.direct(),
          (channel, listener, onGap) -> {},
          RedisStage.scripts(),
          "replica",
          SETTINGS,
          stage.timer());

  @BeforeParameterizedClassInvocation
  static void start(RedisBinary binary) {
    stage = new RedisStage(binary);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void clear() {
    stage.empty();
  }

  @Override
  protected DomainThrottle throttle() {
    return throttle;
  }

  @Override
  protected void pass(Duration duration) {
    stage.pass(duration);
  }

  @Override
  public Instant now() {
    return stage.time().instant();
  }
}
