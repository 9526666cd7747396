package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.testkit.EngineUpkeep;
import org.purgatory.sync.testkit.Line;
import org.purgatory.sync.testkit.SampleSettings;
import org.purgatory.sync.testkit.SilentMetrics;
import org.purgatory.sync.testkit.VirtualTime;

/** The real engine on the real embedded store, in virtual time, with servers in a test's hands. */
final class EngineWorld {

  final VirtualTime time = new VirtualTime();
  final FakeGit git = new FakeGit();
  final Line line = new Line();
  final List<RunEnd> ends = new ArrayList<>();
  final List<Duration> backoffs = new ArrayList<>();
  int inFlight;
  int mostInFlight;
  int skipped;

  final MemorySyncStore store = new MemorySyncStore(SampleSettings.queue(), time);
  final MemoryDomainThrottle throttle =
      new MemoryDomainThrottle(SampleSettings.THROTTLE, time, time);
  final SyncEngine engine =
      new SyncEngine(
          line.to(SyncStore.class, store),
          line.to(DomainThrottle.class, throttle),
          git,
          git,
          new Recorder(),
          SampleSettings.ENGINE,
          time,
          time,
          time);

  EngineWorld() {
    EngineUpkeep.start(engine, time);
  }

  /** Hands events in, all of them pending. */
  void enqueue(Duration delay, GitEvent... events) {
    enqueue(delay, List.of(events), List.of());
  }

  void enqueue(Duration delay, List<GitEvent> pending, List<GitEvent> known) {
    engine.enqueue(new Enqueue(pending, known, delay, false));
    time.settle();
  }

  void pass(Duration duration) {
    time.advance(duration);
  }

  /** The events that were released so far with an outcome, in order. */
  List<EventId> released(SyncOutcome outcome) {
    return results().stream()
        .filter(result -> result.outcome() == outcome)
        .flatMap(result -> result.released().stream())
        .map(ReleasedEvent::id)
        .toList();
  }

  List<SyncResult> results() {
    ResultLog log = store.results();
    ResultLog.Bounds bounds = log.bounds().toCompletableFuture().join();
    ResultLog.Read read = log.read(bounds.oldest(), 1000).toCompletableFuture().join();
    return ((ResultLog.Page) read).results().stream().map(StoredResult::result).toList();
  }

  int queueSize() {
    return store.usage().toCompletableFuture().join().identifiers();
  }

  private final class Recorder extends SilentMetrics {
    @Override
    public void runEnded(RunEnd end) {
      ends.add(end);
    }

    @Override
    public void fetchStarted(Domain domain) {
      mostInFlight = Math.max(mostInFlight, ++inFlight);
    }

    @Override
    public void fetchEnded(Domain domain, FetchResult result) {
      inFlight--;
    }

    @Override
    public void fetchSkipped() {
      skipped++;
    }

    @Override
    public void backoff(Duration wait) {
      backoffs.add(wait);
    }
  }
}
