package org.purgatory.sync.bench;

import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ThrottleSettings;

/**
 * How many operations a second the embedded store and throttle do, with a queue of a hundred
 * thousand identifiers, on one thread and on four that want the same lock.
 */
public final class EmbeddedBenchmark {

  private static final int QUEUED = 100_000;
  private static final int OPERATIONS = 200_000;
  private static final Duration LONG = Duration.ofHours(1);

  private EmbeddedBenchmark() {}

  /** Prints the figures; the first round warms up. */
  public static void main(String[] arguments) throws Exception {
    System.out.printf("%-34s %12s %12s%n", "operations a second", "1 thread", "4 threads");
    for (int round = 0; round < 2; round++) {
      String label = round == 0 ? "(warm-up) " : "";
      report(label + "enqueue", enqueueRate(1), enqueueRate(4));
      report(label + "claim, publish", runRate(1), runRate(4));
      report(label + "acquire, release", permitRate(1), permitRate(4));
    }
  }

  private static double enqueueRate(int threads) throws Exception {
    MemorySyncStore store = store();
    fill(store, LONG);
    return rate(threads, i -> enqueue(store, QUEUED + i, Duration.ZERO));
  }

  private static double runRate(int threads) throws Exception {
    MemorySyncStore store = store();
    fill(store, LONG);
    for (int i = 0; i < OPERATIONS; i++) {
      enqueue(store, QUEUED + i, Duration.ZERO);
    }
    return rate(threads, i -> run(store));
  }

  private static double permitRate(int threads) throws Exception {
    MemoryDomainThrottle throttle =
        new MemoryDomainThrottle(
            new ThrottleSettings(new ThrottleSettings.Limits(1_000_000, 1_000_000), Map.of(), LONG),
            Clock.systemUTC(),
            (delay, task) -> () -> {});
    Origin server = Origin.parse("https://git.example");
    return rate(
        threads,
        i -> {
          PermitDecision decision =
              throttle.tryAcquire(server, new Claim(repo("r"), i)).toCompletableFuture().join();
          throttle.release(
              new PermitUse(((PermitDecision.Granted) decision).permit(), Optional.empty()),
              new ExchangeSign.Answered());
        });
  }

  private static void run(MemorySyncStore store) {
    for (Claimed claimed : store.claimDue(1).toCompletableFuture().join().claimed()) {
      List<EventId> ids = claimed.work().pending().stream().map(event -> event.id()).toList();
      store.publish(claimed.claim(), satisfying(ids));
    }
  }

  private static void fill(MemorySyncStore store, Duration delay) {
    for (int i = 0; i < QUEUED; i++) {
      enqueue(store, i, delay);
    }
  }

  private static void enqueue(MemorySyncStore store, int number, Duration delay) {
    GitEvent event = state(number + 1, user(1), "r" + number, oid(1));
    store.enqueue(new Enqueue(List.of(event), List.of(), delay, false));
  }

  private static double rate(int threads, IntConsumer operation) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      tasks.add(
          () -> {
            for (int i = first; i < OPERATIONS; i += threads) {
              operation.accept(i);
            }
            return null;
          });
    }
    long start = System.nanoTime();
    for (Future<Void> task : pool.invokeAll(tasks)) {
      task.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    pool.shutdown();
    return OPERATIONS / seconds;
  }

  private static void report(String what, double one, double four) {
    System.out.printf("%-34s %,12.0f %,12.0f%n", what, one, four);
  }

  private static MemorySyncStore store() {
    return new MemorySyncStore(
        new QueueSettings(
            new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(2)),
            LONG,
            LONG,
            LONG,
            1_000_000,
            1_000,
            LONG,
            1_000_000),
        Clock.systemUTC());
  }
}
