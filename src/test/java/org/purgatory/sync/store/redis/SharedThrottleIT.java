package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.Permit;

/** Replicas that share a domain's limits: with each other's messages, without them, and dead. */
class SharedThrottleIT extends ThrottleReplicas {

  @Test
  void limitsHoldOverAllReplicas() {
    Replica one = listening("one");
    Replica two = listening("two");
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
    Replica one = listening("one");
    Replica two = listening("two");
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
    Replica one = listening("one");
    Replica dead = dead("dead");
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
    Replica one = listening("one");
    takeFive(dead("dead"));
    one.waits(6);
    stage.pass(LEASE);
    one.awaitTold(6);
    one.granted(6);
  }

  @Test
  void replicaThatWasFrozenForLongerThanItsLeaseAsksForItsPlacesAgain() {
    Replica one = listening("one");
    List<Runnable> alarms = new ArrayList<>();
    Replica frozen =
        new Replica(
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
    Replica one = listening("one");
    Replica deaf = deaf("deaf");
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
    Replica one = listening("one");
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
    Replica one = listening("one");
    Replica two = listening("two");
    List<Permit> permits = takeFive(one);
    one.waits(6);
    two.waits(7);
    one.release(permits.get(0));
    done(one.throttle.leaveAllBut(waiter(6), Set.of()));
    two.awaitTold(7);
    two.granted(7);
  }
}
