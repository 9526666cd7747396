package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.SyncStore;

/**
 * Runs that apply and publish, on some replicas, while others withdraw the same events: each event
 * is either withdrawn or published, and none is withdrawn that a run was told it may apply.
 */
public final class WithdrawalRace {

  private static final int EVENTS_EACH = 150;
  private static final int IDENTIFIERS = 5;

  private final List<SyncStore> replicas;
  private final int events;
  private final Set<EventId> applied = ConcurrentHashMap.newKeySet();
  private final Set<EventId> published = ConcurrentHashMap.newKeySet();
  private final Set<EventId> withdrawn = ConcurrentHashMap.newKeySet();

  /** Prepares a race between replicas of one group, whose leases do not end meanwhile. */
  public WithdrawalRace(List<SyncStore> replicas) {
    this.replicas = replicas;
    this.events = replicas.size() * EVENTS_EACH;
  }

  /** Runs until no event is left, and checks what became of them. */
  public void run() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3 * replicas.size());
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int replica = 0; replica < replicas.size(); replica++) {
        SyncStore store = replicas.get(replica);
        int first = 1 + replica * EVENTS_EACH;
        int seed = replica;
        tasks.add(() -> produce(store, first));
        tasks.add(() -> work(store));
        tasks.add(() -> withdraw(store, new Random(seed)));
      }
      for (Future<Void> task : threads.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(published.size() + withdrawn.size()).isEqualTo(events);
    assertThat(Collections.disjoint(published, withdrawn)).isTrue();
    assertThat(applied).isEqualTo(published);
    assertThat(done(replicas.get(0).usage()).identifiers()).isZero();
  }

  private static GitEvent event(int number) {
    return state(number, user(number), "r" + number % IDENTIFIERS, oid(1));
  }

  private static Void produce(SyncStore store, int first) {
    for (int i = first; i < first + EVENTS_EACH; i++) {
      done(store.enqueue(new Enqueue(List.of(event(i)), List.of(), Duration.ZERO, false)));
    }
    return null;
  }

  private Void work(SyncStore store) {
    while (goesOn()) {
      for (Claimed claimed : done(store.claimDue(2)).claimed()) {
        Claim claim = claimed.claim();
        List<EventId> ids = claimed.work().pending().stream().map(PendingEvent::id).toList();
        List<EventId> begun = List.copyOf(done(store.begin(claim, ids)).orElseThrow().events());
        applied.addAll(begun);
        Release release = satisfying(begun);
        published.addAll(done(store.publish(claim, release)).released());
        done(store.complete(claim, RunNote.NOTHING));
      }
    }
    return null;
  }

  private Void withdraw(SyncStore store, Random random) {
    while (goesOn()) {
      List<EventId> some =
          random
              .ints(30, 1, events + 1)
              .distinct()
              .mapToObj(WithdrawalRace::event)
              .map(GitEvent::id)
              .toList();
      withdrawn.addAll(done(store.cancel(some)).keySet());
    }
    return null;
  }

  private boolean goesOn() {
    return published.size() + withdrawn.size() < events && !Thread.currentThread().isInterrupted();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
