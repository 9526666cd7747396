package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.repo;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.RedisBinary;

/** Replicas that share a domain's limits: with each other's messages, without them, and dead. */
class SharedThrottleIT {

  private static final Origin SERVER = Origin.parse("https://git.example");
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final ThrottleSettings SETTINGS =
      new ThrottleSettings(new ThrottleSettings.Limits(5, 30), Map.of(), LEASE);
  private static final RedisMessages DEAF = (channel, listener, onGap) -> {};
  private static final Timer NEVER = (delay, task) -> () -> {};

  private static RedisStage stage;
  private static Vertx vertx;

  private final List<AutoCloseable> closing = new ArrayList<>();

  /** A replica, and who of it was told of its turn. */
  private final class Replica {

    final List<Claim> told = new CopyOnWriteArrayList<>();
    final RedisDomainThrottle throttle;

    Replica(String name, RedisMessages messages, Timer timer) {
      throttle =
          new RedisDomainThrottle(
              stage.direct(), messages, RedisStage.scripts(), name, SETTINGS, timer);
      throttle.onTurn(told::add);
    }

    PermitDecision ask(int waiter) {
      return ask(SERVER, waiter);
    }

    PermitDecision ask(Origin server, int waiter) {
      return done(throttle.tryAcquire(server, waiter(waiter)));
    }

    Permit granted(int waiter) {
      PermitDecision decision = ask(waiter);
      assertThat(decision).isInstanceOf(PermitDecision.Granted.class);
      return ((PermitDecision.Granted) decision).permit();
    }

    void waits(int waiter) {
      assertThat(ask(waiter)).isInstanceOf(PermitDecision.Wait.class);
    }

    void release(Permit permit) {
      release(permit, new ExchangeSign.NoSign());
    }

    void release(Permit permit, ExchangeSign sign) {
      done(throttle.release(new PermitUse(permit, Optional.empty()), sign));
    }

    void awaitTold(int waiter) {
      Await.until(SOON, "turn of " + waiter, () -> told.contains(waiter(waiter)));
    }
  }

  @BeforeAll
  static void start() {
    stage = new RedisStage(RedisBinary.embedded());
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    stage.close();
  }

  @BeforeEach
  void empty() {
    stage.empty();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : closing) {
      each.close();
    }
  }

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
    Replica dead = new Replica("dead", DEAF, NEVER);
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
    takeFive(new Replica("dead", DEAF, NEVER));
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
    Replica deaf = new Replica("deaf", DEAF, stage.timer());
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

  private Replica listening(String name) {
    RedisSubscriber subscriber =
        new RedisSubscriber(Redis.createClient(vertx, stage.server().url()), NEVER);
    closing.add(subscriber);
    CountDownLatch subscribed = new CountDownLatch(1);
    Replica replica =
        new Replica(
            name,
            (channel, listener, onGap) ->
                subscriber.listen(channel, listener, subscribed::countDown),
            stage.timer());
    try {
      assertThat(subscribed.await(10, TimeUnit.SECONDS)).as("subscribed").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return replica;
  }

  private static List<Permit> takeFive(Replica replica) {
    List<Permit> permits = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      permits.add(replica.granted(i));
    }
    return permits;
  }

  private static Claim waiter(int number) {
    return new Claim(repo("r" + number), number);
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
