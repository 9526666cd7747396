package org.purgatory.sync.store.redis;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.store.SyncStoreContract;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.testkit.RedisBinary;

@ParameterizedClass
@MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
class RedisSyncStoreIT extends SyncStoreContract {

  private static RedisStage stage;

  private final RedisBinary binary;
  private SyncStore store;
  private RedisResultLog log;
  private ResultLog results;

  RedisSyncStoreIT(RedisBinary binary) {
    this.binary = binary;
  }

  @BeforeParameterizedClassInvocation
  static void start(RedisBinary binary) {
    stage = new RedisStage(binary);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void beginAnew() {
    stage.empty();
    store = new RedisSyncStore(stage.direct(), RedisStage.scripts(), "g", SETTINGS);
    log = new RedisResultLog(stage.async(), stage.async(), RedisStage.scripts(), "g", stage.time());
    log.start();
    results = new CaughtUpLog(log);
  }

  @AfterEach
  void end() {
    log.close();
  }

  @Override
  public SyncStore store() {
    checkInvariants();
    return store;
  }

  @Override
  public ResultLog results() {
    return results;
  }

  @Override
  public void pass(Duration duration) {
    stage.pass(duration);
  }

  @Override
  protected void checkInvariants() {
    new RedisInvariants(RedisState.read(stage)).check(binary.name(), SETTINGS);
  }
}
