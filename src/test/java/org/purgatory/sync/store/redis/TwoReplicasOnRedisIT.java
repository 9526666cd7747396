package org.purgatory.sync.store.redis;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.purgatory.sync.store.TwoReplicasContract;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.testkit.RedisBinary;

class TwoReplicasOnRedisIT extends TwoReplicasContract {

  private static RedisStage stage;

  private final SyncStore first = store();
  private final SyncStore second = store();
  private final ResultLog results =
      new RedisResultLog(stage.direct(), stage.direct(), RedisStage.scripts(), "g", stage.time());

  private static SyncStore store() {
    return new RedisSyncStore(stage.direct(), RedisStage.scripts(), "g", SETTINGS);
  }

  @BeforeAll
  static void start() {
    stage = new RedisStage(RedisBinary.embedded());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void clear() {
    stage.empty();
  }

  @Override
  protected SyncStore first() {
    return first;
  }

  @Override
  protected SyncStore second() {
    return second;
  }

  @Override
  protected ResultLog results() {
    return results;
  }

  @Override
  protected void pass(Duration duration) {
    stage.pass(duration);
  }
}
