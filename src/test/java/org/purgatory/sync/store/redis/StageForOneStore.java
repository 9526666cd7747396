package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.redis.Subject.done;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.SampleSettings;

/** A Redis on which each test finds an empty store. */
abstract class StageForOneStore {

  static final QueueSettings SETTINGS = SampleSettings.queue(10_000, 5000, 100);

  static RedisStage stage;

  @Parameter RedisBinary binary;

  SyncStore store;
  ResultLog log;

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
    stage.call("CONFIG", "SET", "maxmemory", "0");
    stage.empty();
    store = new RedisSyncStore(stage.direct(), RedisStage.scripts(), "g", SETTINGS);
    log =
        new RedisResultLog(stage.direct(), stage.direct(), RedisStage.scripts(), "g", stage.time());
  }

  static GitEvent event(int number, String identifier) {
    return state(number, user(number), identifier, oid(1));
  }

  void enqueue(GitEvent... events) {
    EnqueueOutcome outcome =
        done(store.enqueue(new Enqueue(List.of(events), List.of(), Duration.ZERO, false)));
    assertThat(((EnqueueOutcome.Accepted) outcome).events())
        .extracting(EventStatus::state)
        .containsOnly(EventStatus.State.QUEUED);
  }

  void checkInvariants() {
    new RedisInvariants(RedisState.read(stage)).check(binary.name(), SETTINGS);
  }
}
