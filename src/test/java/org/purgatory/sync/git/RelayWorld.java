package org.purgatory.sync.git;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncEngine;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EngineUpkeep;
import org.purgatory.sync.testkit.SampleSettings;
import org.purgatory.sync.testkit.SilentMetrics;
import org.purgatory.sync.testkit.VirtualTime;

/**
 * A relay that remembers what it serves and what waits, and a sidecar: the real engine, store and
 * repositories, on one thread in virtual time.
 */
final class RelayWorld implements AutoCloseable {

  private final Path root;
  private final History history;
  final Map<PublicKey, BareRepository> repositories = new TreeMap<>();
  final Map<PublicKey, Integer> createdAt = new TreeMap<>();
  final Map<EventId, Integer> arrivedAt = new LinkedHashMap<>();
  final Map<EventId, GitEvent> arrived = new LinkedHashMap<>();
  final Map<EventId, List<SyncOutcome>> outcomes = new LinkedHashMap<>();
  final Map<EventId, GitEvent> waiting = new LinkedHashMap<>();
  private final Map<EventId, GitEvent> served = new LinkedHashMap<>();
  private int happened;
  private Fixture fixture;
  private VirtualTime time;
  private MemorySyncStore store;
  private SyncEngine engine;
  private LocalServers servers;
  private ResultPosition read;
  private Step.Moment awaited = Step.Moment.BETWEEN_RUNS;
  private Runnable interlude = () -> {};

  RelayWorld(Path root, History history) {
    this.root = root;
    this.history = history;
    start();
  }

  private void start() {
    fixture = new Fixture(root, Scenario.IDENTIFIER);
    time = new VirtualTime();
    store = new MemorySyncStore(SampleSettings.queue(), time);
    read = store.results().bounds().toCompletableFuture().join().oldest();
    servers =
        new LocalServers(history.byHost(), fixture, () -> reached(Step.Moment.DURING_A_FETCH));
    engine =
        new SyncEngine(
            store,
            new MemoryDomainThrottle(SampleSettings.THROTTLE, time, time),
            servers,
            interruptible(fixture.repositories),
            new SilentMetrics(),
            SampleSettings.ENGINE,
            time,
            time,
            time);
    EngineUpkeep.start(engine, time);
  }

  private GitRepositories interruptible(GitRepositories real) {
    return (GitRepositories)
        Proxy.newProxyInstance(
            GitRepositories.class.getClassLoader(),
            new Class<?>[] {GitRepositories.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("apply")) {
                reached(Step.Moment.BEFORE_REFS_ARE_WRITTEN);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void reached(Step.Moment moment) {
    if (moment == awaited) {
      awaited = Step.Moment.BETWEEN_RUNS;
      interlude.run();
    }
  }

  void take(Step step) {
    if (step instanceof Step.Arrival arrival) {
      awaited = arrival.moment();
      interlude = () -> enqueue(arrival);
      if (arrival.moment() != Step.Moment.BETWEEN_RUNS) {
        time.advance(Duration.ofSeconds(1));
      }
      if (awaited == arrival.moment()) {
        awaited = Step.Moment.BETWEEN_RUNS;
        enqueue(arrival);
      }
      pass(arrival.after());
    } else if (step instanceof Step.Creation creation) {
      createdAt.put(creation.owner(), happened++);
      repositories.put(creation.owner(), fixture.host(creation.owner()));
    } else if (step instanceof Step.Garbage garbage && repositories.containsKey(garbage.owner())) {
      repositories.get(garbage.owner()).prune();
    } else if (step instanceof Step.Note note && repositories.containsKey(note.owner())) {
      push(repositories.get(note.owner()));
    } else if (step instanceof Step.Hold) {
      servers.hold();
    } else if (step instanceof Step.LetGo) {
      letGo();
    } else if (step instanceof Step.Restart) {
      restart();
    }
  }

  /** Lets time go by in portions in which no lease ends. */
  void pass(Duration duration) {
    time.advance(duration);
    drain();
  }

  void letGo() {
    servers.letGo();
    pass(Duration.ZERO);
  }

  private void enqueue(Step.Arrival arrival) {
    for (GitEvent event : arrival.pending()) {
      arrives(event);
      if (!served.containsKey(event.id())) {
        waiting.put(event.id(), event);
      }
    }
    for (GitEvent event : arrival.known()) {
      arrives(event);
      served.put(event.id(), event);
    }
    engine.enqueue(new Enqueue(arrival.pending(), arrival.known(), arrival.delay(), false));
  }

  private void arrives(GitEvent event) {
    arrived.put(event.id(), event);
    arrivedAt.putIfAbsent(event.id(), happened++);
  }

  private void push(BareRepository repository) {
    Path fork = history.byHost().get("fork.example").getDirectory().toPath();
    BareRepository.at(fork).push(repository, "topic0:refs/notes/some");
  }

  /** The sidecar is killed, and the next one knows nothing. */
  void forget() {
    drain();
    engine.stop();
    fixture.close();
    start();
  }

  private void restart() {
    forget();
    engine.enqueue(
        new Enqueue(
            List.copyOf(waiting.values()),
            served.values().stream().filter(e -> !(e instanceof PullRequest)).toList(),
            Duration.ZERO,
            false));
    pass(Duration.ZERO);
  }

  /** Does with results what a relay does. */
  private void drain() {
    ResultLog.Read page = store.results().read(read, 1000).toCompletableFuture().join();
    for (StoredResult stored : ((ResultLog.Page) page).results()) {
      read = stored.position();
      for (ReleasedEvent released : stored.result().released()) {
        outcomes
            .computeIfAbsent(released.id(), id -> new ArrayList<>())
            .add(stored.result().outcome());
        GitEvent event = waiting.remove(released.id());
        if (event != null && stored.result().outcome() == SyncOutcome.SATISFIED) {
          served.put(event.id(), event);
        }
      }
    }
  }

  @Override
  public void close() {
    engine.stop();
    fixture.close();
  }
}
