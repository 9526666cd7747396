package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.repo;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
import org.purgatory.sync.testkit.SampleSettings;

/** Tests of replicas that share the limits on one Redis, in the stage's time. */
abstract class ThrottleReplicas {

  /** The server that all ask. */
  static final Origin SERVER = Origin.parse("https://git.example");

  static final Duration SOON = Duration.ofSeconds(10);
  static final ThrottleSettings SETTINGS = SampleSettings.THROTTLE;
  static final Duration LEASE = SETTINGS.lease();
  static final RedisMessages DEAF = (channel, listener, onGap) -> {};
  private static final Timer NEVER = (delay, task) -> () -> {};

  static RedisStage stage;
  private static Vertx vertx;

  private final List<RedisSubscriber> subscribers = new ArrayList<>();

  /** A replica, and who of it was told of its turn. */
  final class Replica {

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

  /** A replica that hears no messages, and looks by itself. */
  Replica deaf(String name) {
    return new Replica(name, DEAF, stage.timer());
  }

  /** A replica that does nothing any more but what a test asks of it. */
  Replica dead(String name) {
    return new Replica(name, DEAF, NEVER);
  }

  Replica listening(String name) {
    return listening(name, stage.timer());
  }

  Replica listening(String name, Timer timer) {
    RedisSubscriber subscriber =
        new RedisSubscriber(Redis.createClient(vertx, stage.server().url()), NEVER);
    subscribers.add(subscriber);
    CountDownLatch subscribed = new CountDownLatch(1);
    Replica replica =
        new Replica(
            name,
            (channel, listener, onGap) ->
                subscriber.listen(channel, listener, subscribed::countDown),
            timer);
    try {
      assertThat(subscribed.await(10, TimeUnit.SECONDS)).as("subscribed").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return replica;
  }

  static List<Permit> takeFive(Replica replica) {
    List<Permit> permits = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      permits.add(replica.granted(i));
    }
    return permits;
  }

  static Claim waiter(int number) {
    return new Claim(repo("r" + number), number);
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
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
  void close() {
    subscribers.forEach(RedisSubscriber::close);
  }
}
