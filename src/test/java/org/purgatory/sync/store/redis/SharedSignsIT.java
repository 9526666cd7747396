package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.DomainStatus;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.testkit.Await;

/**
 * Replicas that share what servers have shown: with each other's messages, without them, and dead.
 */
class SharedSignsIT extends ThrottleReplicas {

  private static final ExchangeSign UNREACHABLE =
      new ExchangeSign.Unreachable(CircuitCause.UNREACHABLE);
  private static final Duration PATIENCE_TIME = Duration.ofSeconds(2);
  private static final ExchangeSign PATIENCE = new ExchangeSign.AskedForPatience(PATIENCE_TIME);

  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @RepeatedTest(10)
  void twoReplicasRaceForTheProbeAndOneGetsIt() throws Exception {
    Replica one = listening("one");
    Replica two = listening("two");
    one.release(one.granted(1), UNREACHABLE);
    assertThat(two.ask(2)).isInstanceOf(PermitDecision.Blocked.class);
    stage.pass(Duration.ofMinutes(1));
    List<Callable<PermitDecision>> asks = new ArrayList<>();
    for (int waiter = 1; waiter <= 40; waiter++) {
      int number = waiter;
      asks.add(() -> (number % 2 == 0 ? one : two).ask(number));
    }
    int granted = 0;
    for (Future<PermitDecision> answer : threads.invokeAll(asks)) {
      granted += answer.get() instanceof PermitDecision.Granted ? 1 : 0;
    }
    assertThat(granted).isEqualTo(1);
  }

  @Test
  void probeOfADeadReplicaIsTakenOverAfterItsLease() {
    Replica one = listening("one");
    Replica dead = dead("dead");
    one.release(one.granted(1), UNREACHABLE);
    stage.pass(Duration.ofMinutes(1));
    dead.granted(2);
    assertThat(one.ask(3)).isInstanceOf(PermitDecision.Blocked.class);
    stage.pass(LEASE);
    one.release(one.granted(3), new ExchangeSign.Answered());
    one.granted(4);
  }

  @Test
  void answerThatOneReplicaGotClosesTheCircuitForAll() {
    Replica one = listening("one");
    Replica two = listening("two");
    one.release(one.granted(1), UNREACHABLE);
    stage.pass(Duration.ofMinutes(1));
    two.release(two.granted(2), new ExchangeSign.Answered());
    one.granted(3);
    two.granted(4);
  }

  @Test
  void waitersOfAllReplicasGoOnWhenTheServersWordIsOver() {
    List<Duration> alarms = new CopyOnWriteArrayList<>();
    Replica one = listening("one");
    Replica two =
        listening(
            "two",
            (delay, task) -> {
              alarms.add(delay);
              return stage.timer().schedule(delay, task);
            });
    List<Permit> permits = takeFive(one);
    two.waits(6);
    one.waits(7);
    two.waits(8);
    one.release(permits.get(0), PATIENCE);
    Await.until(SOON, "alarm for the end of it", () -> alarms.contains(PATIENCE_TIME));
    one.waits(7);
    two.waits(6);
    assertThat(two.told).isEmpty();
    one.release(permits.get(1));
    stage.pass(PATIENCE_TIME);
    two.awaitTold(6);
    one.awaitTold(7);
    two.granted(6);
    one.granted(7);
    two.waits(8);
  }

  @Test
  void replicaThatIsDeafHearsOfTheEndByItsNextLook() {
    Replica one = listening("one");
    Replica deaf = deaf("deaf");
    List<Permit> permits = takeFive(one);
    deaf.waits(6);
    one.release(permits.get(0), PATIENCE);
    stage.pass(LEASE.dividedBy(3));
    deaf.awaitTold(6);
    deaf.granted(6);
  }

  @Test
  void everyReplicaTellsOfAllDomains() {
    Replica one = listening("one");
    Replica two = listening("two");
    one.release(one.granted(1), PATIENCE);
    two.ask(Origin.parse("https://other.example"), 2);
    for (Replica each : List.of(one, two)) {
      List<DomainStatus> all = done(each.throttle.domains(Optional.empty(), 10)).domains();
      assertThat(all)
          .extracting(status -> status.domain().name())
          .containsExactly("git.example", "other.example");
      assertThat(all.get(0).patienceUntil()).contains(stage.time().instant().plus(PATIENCE_TIME));
      assertThat(all.get(1).inFlight()).isEqualTo(1);
    }
  }

  @Test
  void everyKeyExpiresByItself() {
    Replica one = listening("one");
    List<Permit> permits = takeFive(one);
    one.waits(6);
    one.release(permits.get(0), PATIENCE);
    one.release(permits.get(1), UNREACHABLE);
    List<?> keys = (List<?>) stage.call("KEYS", "purgatory:*");
    assertThat(keys).hasSize(10);
    for (Object key : keys) {
      assertThat((Long) stage.call("PTTL", (String) key)).as("%s", key).isPositive();
    }
  }

  @Test
  void askingAndGivingBackIsOneCommandEach() {
    AtomicInteger commands = new AtomicInteger();
    RedisCommands counting = counting(commands);
    RedisDomainThrottle throttle =
        new RedisDomainThrottle(
            counting, DEAF, RedisStage.scripts(), "one", SETTINGS, stage.timer());
    for (int i = 1; i <= 10; i++) {
      PermitDecision decision = done(throttle.tryAcquire(SERVER, waiter(i)));
      Permit permit = ((PermitDecision.Granted) decision).permit();
      done(throttle.release(new PermitUse(permit, Optional.empty()), new ExchangeSign.Answered()));
    }
    assertThat(commands).as("and once a minute that there is the domain").hasValue(21);
  }

  private static RedisCommands counting(AtomicInteger commands) {
    return new RedisCommands() {
      @Override
      public CompletionStage<Response> run(
          Script script, List<String> keys, List<String> arguments) {
        commands.incrementAndGet();
        return stage.direct().run(script, keys, arguments);
      }

      @Override
      public CompletionStage<Response> send(Request command) {
        throw new AssertionError("the throttle has only scripts");
      }
    };
  }
}
