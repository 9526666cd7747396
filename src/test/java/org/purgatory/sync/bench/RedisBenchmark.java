package org.purgatory.sync.bench;

import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.SyncStore;

/**
 * How many operations a second the store does on a Redis on this machine, beside what
 * redis-benchmark does with a script that does nothing in the same run, and how much memory a queue
 * takes.
 */
public final class RedisBenchmark {

  private static final int QUEUED = 100_000;
  private static final int OPERATIONS = 100_000;
  private static final int IN_FLIGHT = 64;
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Pattern PER_SECOND = Pattern.compile("([0-9.]+) requests per second");

  private final RedisBench bench;
  private final SyncStore store;
  private final AtomicInteger number = new AtomicInteger();

  private RedisBenchmark(RedisBench bench) {
    this.bench = bench;
    this.store = bench.stores.store();
  }

  /** Prints the figures. */
  public static void main(String[] arguments) throws Exception {
    try (RedisBench bench = new RedisBench()) {
      System.out.printf("%n%s, %d operations in flight%n", bench.binary, IN_FLIGHT);
      new RedisBenchmark(bench).run();
    }
  }

  private void run() throws Exception {
    rate(OPERATIONS / 5, i -> enqueue(LONG));
    long empty = bench.memory();
    rate(QUEUED, i -> enqueue(LONG));
    double kilobytes = (bench.memory() - empty) / 1024.0;
    System.out.printf("%-52s %,12.0f KB%n", "memory, 100,000 identifiers with an event", kilobytes);

    double trivial = trivialScripts();
    report("redis-benchmark of a script that does nothing", trivial, trivial);
    measure("enqueue", trivial, () -> rate(OPERATIONS, i -> enqueue(Duration.ZERO)));
    measure("claim, release the last event", trivial, this::runs);
  }

  private void measure(String what, double trivial, Callable<Double> operations) throws Exception {
    long commands = bench.commands();
    long micros = bench.busyMicros();
    report(what, operations.call(), trivial);
    System.out.printf(
        "%-52s %12.2f commands, %.0f µs of the server%n",
        "  each",
        (bench.commands() - commands) / (double) OPERATIONS,
        (bench.busyMicros() - micros) / (double) OPERATIONS);
  }

  private CompletionStage<?> enqueue(Duration delay) {
    int i = number.incrementAndGet();
    String repo = "repository-" + i;
    return store.enqueue(
        new Enqueue(
            List.of(state(i, user(1), repo, oid(1))),
            List.of(announcement(10_000_000 + i, user(1), repo, "https://git.example/r.git")),
            delay,
            false));
  }

  /** Claims as the engine does, so many as could run, and releases each. */
  private double runs() throws Exception {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    AtomicInteger done = new AtomicInteger();
    long start = System.nanoTime();
    while (done.get() < OPERATIONS) {
      int free = Math.max(1, inFlight.drainPermits());
      List<Claimed> claimed = store.claimDue(free).toCompletableFuture().join().claimed();
      inFlight.release(free - claimed.size());
      for (Claimed each : claimed) {
        release(each)
            .whenComplete(
                (published, failure) -> {
                  inFlight.release();
                  done.incrementAndGet();
                });
      }
      if (claimed.isEmpty()) {
        Thread.onSpinWait();
      }
    }
    return OPERATIONS / seconds(start);
  }

  private CompletionStage<?> release(Claimed claimed) {
    var ids = claimed.work().pending().stream().map(PendingEvent::id).toList();
    Release release = satisfying(ids);
    return store.publish(claimed.claim(), release);
  }

  private static double rate(int operations, IntFunction<CompletionStage<?>> operation)
      throws Exception {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    CompletableFuture<?> failed = new CompletableFuture<>();
    long start = System.nanoTime();
    for (int i = 0; i < operations; i++) {
      inFlight.acquire();
      operation
          .apply(i)
          .whenComplete(
              (answer, failure) -> {
                inFlight.release();
                if (failure != null) {
                  failed.completeExceptionally(failure);
                }
              });
    }
    inFlight.acquire(IN_FLIGHT);
    if (failed.isDone()) {
      failed.join();
    }
    return operations / seconds(start);
  }

  /** NaN if there is no redis-benchmark here. */
  private double trivialScripts() throws Exception {
    String sha = (String) bench.server.call("SCRIPT", "LOAD", "return 1");
    String port = String.valueOf(bench.server.port());
    String clients = String.valueOf(IN_FLIGHT);
    try {
      Process process =
          new ProcessBuilder(
                  "redis-benchmark",
                  "-p",
                  port,
                  "-c",
                  clients,
                  "-n",
                  "200000",
                  "-q",
                  "EVALSHA",
                  sha,
                  "0")
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher last = PER_SECOND.matcher(output);
      double rate = Double.NaN;
      while (last.find()) {
        rate = Double.parseDouble(last.group(1));
      }
      return rate;
    } catch (IOException e) {
      System.out.println("redis-benchmark is not installed: no figure to compare with");
      return Double.NaN;
    }
  }

  private static void report(String what, double perSecond, double trivial) {
    System.out.printf("%-52s %,12.0f /s %6.2f%n", what, perSecond, perSecond / trivial);
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
