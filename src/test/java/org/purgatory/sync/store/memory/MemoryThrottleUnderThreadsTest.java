package org.purgatory.sync.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.repo;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.ThrottleSettings.Limits;
import org.purgatory.sync.testkit.VirtualTime;

class MemoryThrottleUnderThreadsTest {

  private static final Origin SERVER = Origin.parse("https://git.example");
  private static final int WAITERS = 300;
  private static final int MOST = 5;

  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final MemoryDomainThrottle throttle =
      new MemoryDomainThrottle(
          new ThrottleSettings(new Limits(MOST, 100_000), Map.of(), Duration.ofHours(1)),
          Clock.systemUTC(),
          (delay, task) -> () -> {});
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final Set<Claim> served = ConcurrentHashMap.newKeySet();
  private final Map<Claim, Object> turns = new ConcurrentHashMap<>();
  private final CountDownLatch all = new CountDownLatch(WAITERS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** No waiter is forgotten, and none is let in too much. */
  @RepeatedTest(20)
  void servesEverybodyWithinTheLimit() throws Exception {
    throttle.onTurn(waiter -> threads.execute(() -> attempt(waiter)));
    for (int i = 1; i <= WAITERS; i++) {
      Claim waiter = new Claim(repo("r" + i), i);
      threads.execute(() -> attempt(waiter));
    }
    assertThat(all.await(30, TimeUnit.SECONDS)).as("everybody is served").isTrue();
    assertThat(mostInFlight.get()).isBetween(1, MOST);
  }

  /** However many ask at once. */
  @RepeatedTest(20)
  void onlyOneProbesAServerThatMayBeTriedAgain() throws Exception {
    VirtualTime time = new VirtualTime();
    MemoryDomainThrottle broken =
        new MemoryDomainThrottle(
            new ThrottleSettings(new Limits(MOST, 100_000), Map.of(), Duration.ofHours(1)),
            time,
            time);
    Permit first = ((PermitDecision.Granted) ask(broken, 0)).permit();
    broken.release(
        new PermitUse(first, Optional.empty()),
        new ExchangeSign.Unreachable(CircuitCause.UNREACHABLE));
    time.advance(Duration.ofMinutes(1));
    List<Callable<PermitDecision>> asks = new ArrayList<>();
    for (int i = 1; i <= WAITERS; i++) {
      int waiter = i;
      asks.add(() -> ask(broken, waiter));
    }
    int granted = 0;
    for (Future<PermitDecision> answer : threads.invokeAll(asks)) {
      granted += answer.get() instanceof PermitDecision.Granted ? 1 : 0;
    }
    assertThat(granted).isEqualTo(1);
  }

  private static PermitDecision ask(MemoryDomainThrottle throttle, int waiter) {
    return throttle
        .tryAcquire(SERVER, new Claim(repo("r" + waiter), waiter))
        .toCompletableFuture()
        .join();
  }

  /** As a run does, a waiter asks one thing at a time, and nothing once it is served. */
  private void attempt(Claim waiter) {
    synchronized (turns.computeIfAbsent(waiter, w -> new Object())) {
      if (served.contains(waiter)) {
        return;
      }
      PermitDecision decision = throttle.tryAcquire(SERVER, waiter).toCompletableFuture().join();
      if (decision instanceof PermitDecision.Granted granted) {
        fetch(waiter, granted.permit());
      }
    }
  }

  private void fetch(Claim waiter, Permit permit) {
    boolean first = served.add(waiter);
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    Thread.yield();
    inFlight.decrementAndGet();
    throttle.release(new PermitUse(permit, Optional.empty()), new ExchangeSign.Answered());
    if (first) {
      all.countDown();
    }
  }
}
