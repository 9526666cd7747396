package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.redis.ThrottleReplicas.DEAF;
import static org.purgatory.sync.store.redis.ThrottleReplicas.LEASE;
import static org.purgatory.sync.store.redis.ThrottleReplicas.NEVER;
import static org.purgatory.sync.store.redis.ThrottleReplicas.done;
import static org.purgatory.sync.store.redis.ThrottleReplicas.takeFive;
import static org.purgatory.sync.store.redis.ThrottleReplicas.waiter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.store.redis.ThrottleReplicas.Replica;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.testkit.RedisBinary;

/** Replicas that share a domain's limits: with each other's messages, without them, and dead. */
class SharedThrottleIT {

  private static RedisStage stage;

  private ThrottleReplicas replicas;

  @BeforeAll
  static void start() {
    stage = new RedisStage(RedisBinary.embedded());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void empty() {
    stage.empty();
    replicas = new ThrottleReplicas(stage);
  }

  @AfterEach
  void close() {
    replicas.close();
  }

  @Test
  void limitsHoldOverAllReplicas() {
    Replica one = replicas.listening("one");
    Replica two = replicas.listening("two");
    for (int i = 1; i <= 3; i++) {
      one.granted(i);
    }
    Permit fourth = two.granted(4);
    two.granted(5);
    one.waits(6);
    two.waits(7);
    two.release(fourth);
    one.awaitTold(6);
    one.granted(6);
    two.waits(7);
  }

  @Test
  void lineIsOverAllReplicas() {
    Replica one = replicas.listening("one");
    Replica two = replicas.listening("two");
    List<Permit> permits = takeFive(one);
    two.waits(6);
    one.waits(7);
    one.release(permits.get(0));
    one.waits(7);
    two.awaitTold(6);
    assertThat(one.told).isEmpty();
    two.granted(6);
  }

  @Test
  void deadReplicaAtTheHeadOfTheLineDelaysTheOthersByItsLeaseAtMost() {
    Replica one = replicas.listening("one");
    Replica dead = replicas.replica("dead", DEAF, NEVER);
    List<Permit> permits = takeFive(one);
    dead.waits(6);
    one.waits(7);
    one.release(permits.get(0));
    one.waits(7);
    stage.pass(LEASE);
    one.awaitTold(7);
    one.granted(7);
  }

  @Test
  void permitsOfADeadReplicaComeBack() {
    Replica one = replicas.listening("one");
    takeFive(replicas.replica("dead", DEAF, NEVER));
    one.waits(6);
    stage.pass(LEASE);
    one.awaitTold(6);
    one.granted(6);
  }

  @Test
  void replicaThatWasFrozenForLongerThanItsLeaseAsksForItsPlacesAgain() {
    Replica one = replicas.listening("one");
    List<Runnable> alarms = new ArrayList<>();
    Replica frozen =
        replicas.replica(
            "frozen",
            DEAF,
            (delay, task) -> {
              alarms.add(task);
              return () -> {};
            });
    takeFive(one);
    frozen.waits(6);
    one.waits(7);
    stage.pass(LEASE);
    one.awaitTold(7);
    one.granted(7);
    assertThat(frozen.told).isEmpty();
    List.copyOf(alarms).forEach(Runnable::run);
    frozen.awaitTold(6);
    frozen.granted(6);
  }

  @Test
  void messageThatWasLostIsMadeUpForByTheNextLook() {
    Replica one = replicas.listening("one");
    Replica deaf = replicas.replica("deaf", DEAF, stage.timer());
    List<Permit> permits = takeFive(one);
    deaf.waits(6);
    one.release(permits.get(0));
    assertThat(deaf.told).isEmpty();
    stage.pass(LEASE.dividedBy(3));
    deaf.awaitTold(6);
    deaf.granted(6);
  }

  @Test
  void redisThatForgotTheLineIsAskedAgain() {
    Replica one = replicas.listening("one");
    takeFive(one);
    one.waits(6);
    one.waits(7);
    stage.empty();
    stage.pass(LEASE.dividedBy(3));
    one.awaitTold(6);
    one.awaitTold(7);
    one.granted(6);
  }

  @Test
  void whoLeavesOnOneReplicaLetsTheNextOneGoOnAnother() {
    Replica one = replicas.listening("one");
    Replica two = replicas.listening("two");
    List<Permit> permits = takeFive(one);
    one.waits(6);
    two.waits(7);
    one.release(permits.get(0));
    done(one.throttle.leaveAllBut(waiter(6), Set.of()));
    two.awaitTold(7);
    two.granted(7);
  }
}
