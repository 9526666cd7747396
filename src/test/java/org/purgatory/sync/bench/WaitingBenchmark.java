package org.purgatory.sync.bench;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.Fence;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.GitRemote;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.SyncEngine;
import org.purgatory.sync.sync.UrlPolicy;
import org.purgatory.sync.sync.WantedRefs;
import org.purgatory.sync.testkit.SilentMetrics;

/**
 * What waiting costs, with the real engine on Redis: how late a run starts whose time has come
 * while a hundred thousand others wait, and how many commands a second it takes to wait for one
 * domain.
 */
public final class WaitingBenchmark {

  private static final int QUEUED = 100_000;
  private static final int PUNCTUAL = 2_000;
  private static final Duration DELAY = Duration.ofMillis(500);
  private static final Duration WATCHED = Duration.ofSeconds(60);

  private final RedisBench bench;
  private final Git git = new Git();
  private final SyncEngine engine;

  private WaitingBenchmark(RedisBench bench) {
    this.bench = bench;
    this.engine =
        new SyncEngine(
            bench.stores.store(),
            bench.stores.throttle(),
            git,
            git,
            new SilentMetrics(),
            new EngineSettings(
                32, Duration.ofMinutes(20), Duration.ofSeconds(60), new UrlPolicy(Set.of(), true)),
            Clock.systemUTC(),
            bench.timer(),
            bench.threads);
  }

  /** Prints the figures. */
  public static void main(String[] arguments) throws Exception {
    try (RedisBench bench = new RedisBench()) {
      WaitingBenchmark benchmark = new WaitingBenchmark(bench);
      benchmark.keepGoing();
      benchmark.lateness();
      benchmark.commandsWhileAllWait();
    }
  }

  /** As the scheduler does. */
  private void keepGoing() {
    bench.threads.scheduleAtFixedRate(engine::tick, 1, 1, TimeUnit.SECONDS);
    bench.threads.scheduleAtFixedRate(engine::sweep, 5, 5, TimeUnit.SECONDS);
    bench.threads.scheduleAtFixedRate(engine::keepLeases, 20, 20, TimeUnit.SECONDS);
  }

  private void lateness() throws InterruptedException {
    enqueue(0, QUEUED, Duration.ofMinutes(20));
    for (int i = 0; i < PUNCTUAL; i++) {
      int number = QUEUED + i;
      enqueue(number, 1, DELAY);
      TimeUnit.MILLISECONDS.sleep(5);
    }
    TimeUnit.SECONDS.sleep(2);
    List<Long> late = git.latenessMillis();
    System.out.printf(
        "lateness of a delay of 500 ms, %,d queued, %,d runs: median %d ms, p99 %d ms, most %d ms%n",
        QUEUED, late.size(), at(late, 0.5), at(late, 0.99), at(late, 1));
  }

  private void commandsWhileAllWait() throws InterruptedException {
    git.everythingIsMissing = true;
    for (int i = 0; i < QUEUED; i++) {
      engine.trigger(repo(i), Duration.ZERO).toCompletableFuture().join();
    }
    long settled = Long.MAX_VALUE;
    while (settled > 60) {
      long before = bench.commands();
      TimeUnit.SECONDS.sleep(1);
      settled = bench.commands() - before;
    }
    long before = bench.commands();
    TimeUnit.SECONDS.sleep(WATCHED.toSeconds());
    System.out.printf(
        "commands a second while %,d identifiers wait on one domain: %.1f%n",
        QUEUED, (bench.commands() - before) / (double) WATCHED.toSeconds());
  }

  private void enqueue(int first, int count, Duration delay) {
    for (int from = first; from < first + count; from += 100) {
      int to = Math.min(from + 100, first + count);
      List<GitEvent> pending =
          IntStream.range(from, to)
              .mapToObj(i -> (GitEvent) state(i + 1, user(1), repo(i).value(), oid(1)))
              .toList();
      List<GitEvent> known =
          IntStream.range(from, to)
              .mapToObj(
                  i ->
                      (GitEvent)
                          announcement(
                              10_000_000 + i,
                              user(1),
                              repo(i).value(),
                              "https://git.example/r.git"))
              .toList();
      EnqueueOutcome outcome =
          engine.enqueue(new Enqueue(pending, known, delay, false)).toCompletableFuture().join();
      ((EnqueueOutcome.Accepted) outcome)
          .events()
          .forEach(event -> git.due.put(event.identifier(), event.nextAttempt().orElseThrow()));
    }
  }

  private static RepositoryIdentifier repo(int number) {
    return new RepositoryIdentifier("repository-" + number);
  }

  private static long at(List<Long> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }

  /** Git that has everything, or later nothing at all, and servers that never answer. */
  private static final class Git implements GitRemote, GitRepositories {

    final Map<RepositoryIdentifier, Instant> due = new ConcurrentHashMap<>();
    volatile boolean everythingIsMissing;
    private final ConcurrentLinkedQueue<Long> lateness = new ConcurrentLinkedQueue<>();

    List<Long> latenessMillis() {
      return lateness.stream().sorted().toList();
    }

    @Override
    public CompletionStage<Void> settled(FamilyRepositories family) {
      return completedFuture(null);
    }

    @Override
    public CompletionStage<FetchResult> fetch(FetchRequest request, FetchControl control) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Map<PublicKey, HostedRepository>> hosted(
        RepositoryIdentifier identifier, Set<PublicKey> owners) {
      Instant planned = due.remove(identifier);
      if (planned != null && !everythingIsMissing) {
        lateness.add(Duration.between(planned, Instant.now()).toMillis());
      }
      return completedFuture(
          owners.stream()
              .collect(Collectors.toMap(Function.identity(), o -> HostedRepository.usable(true))));
    }

    @Override
    public String path(RepositoryIdentifier identifier, PublicKey owner) {
      return owner + "/" + identifier + ".git";
    }

    @Override
    public CompletionStage<Set<Oid>> missing(FamilyRepositories family, Set<Oid> oids) {
      return completedFuture(everythingIsMissing ? oids : Set.of());
    }

    @Override
    public CompletionStage<RepositoryChange> apply(
        FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence) {
      return completedFuture(
          new RepositoryChange("r.git", Collections.emptyList(), Optional.empty()));
    }
  }
}
