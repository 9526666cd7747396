package org.purgatory.sync.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.store.WithdrawalRace;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.RunNote;

class MemoryStoreUnderThreadsTest {

  private static final int PRODUCERS = 4;
  private static final int WORKERS = 4;
  private static final int EVENTS_EACH = 500;
  private static final int IDENTIFIERS = 7;

  private final MemorySyncStore store =
      new MemorySyncStore(
          new QueueSettings(
              new Backoff(Duration.ofNanos(1), Duration.ofNanos(1)),
              Duration.ofHours(1),
              Duration.ofHours(1),
              Duration.ofHours(1),
              100,
              100_000,
              Duration.ofHours(1),
              100_000),
          Clock.systemUTC());
  private final Map<RepositoryIdentifier, Claim> running = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS + WORKERS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Every event ends in exactly one result, and no identifier is ever run twice at once. */
  @RepeatedTest(5)
  void everyEventIsReleasedExactlyOnce() throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int producer = 0; producer < PRODUCERS; producer++) {
      int first = 1 + producer * EVENTS_EACH;
      tasks.add(() -> produce(first));
    }
    for (int worker = 0; worker < WORKERS; worker++) {
      tasks.add(this::work);
    }
    for (Future<Void> task : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
      task.get();
    }
    store.checkInvariants();
    assertThat(released()).hasSize(PRODUCERS * EVENTS_EACH).doesNotHaveDuplicates();
    assertThat(done(store.usage()).identifiers()).isZero();
  }

  @RepeatedTest(5)
  void eventIsEitherWithdrawnOrPublished() throws Exception {
    new WithdrawalRace(List.of(store, store)).run();
    store.checkInvariants();
  }

  private Void produce(int first) {
    for (int i = first; i < first + EVENTS_EACH; i++) {
      Enqueue one =
          new Enqueue(
              List.of(state(i, user(i), "r" + i % IDENTIFIERS, oid(1))),
              List.of(),
              Duration.ZERO,
              false);
      done(store.enqueue(one));
    }
    return null;
  }

  private Void work() {
    while (released().size() < PRODUCERS * EVENTS_EACH && !Thread.interrupted()) {
      for (Claimed claimed : done(store.claimDue(2)).claimed()) {
        Claim claim = claimed.claim();
        assertThat(running.put(claim.identifier(), claim)).isNull();
        List<EventId> ids = claimed.work().pending().stream().map(PendingEvent::id).toList();
        running.remove(claim.identifier());
        done(store.publish(claim, satisfying(ids)));
        done(store.complete(claim, RunNote.NOTHING));
      }
    }
    return null;
  }

  private List<EventId> released() {
    ResultPosition oldest = done(store.results().bounds()).oldest();
    ResultLog.Page page =
        (ResultLog.Page) done(store.results().read(oldest, PRODUCERS * EVENTS_EACH));
    return page.results().stream()
        .flatMap(stored -> stored.result().released().stream())
        .map(event -> event.id())
        .toList();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
