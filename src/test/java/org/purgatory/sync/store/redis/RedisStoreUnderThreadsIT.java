package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.redis.Subject.done;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.store.WithdrawalRace;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.RedisServer;
import org.purgatory.sync.testkit.VirtualTime;

/** Replicas at work on one Redis, each with a client of its own, by the server's own time. */
class RedisStoreUnderThreadsIT {

  private static final int REPLICAS = 3;
  private static final int EVENTS_EACH = 300;
  private static final int EVENTS = REPLICAS * EVENTS_EACH;
  private static final int IDENTIFIERS = 7;

  private static final QueueSettings SETTINGS =
      new QueueSettings(
          new Backoff(Duration.ofNanos(1000), Duration.ofNanos(1000)),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          100,
          100_000,
          Duration.ofHours(1),
          100_000);

  private final Map<RepositoryIdentifier, Claim> running = new ConcurrentHashMap<>();
  private final AtomicInteger released = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(2 * REPLICAS);
  private final List<AsyncRedis> clients = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    clients.forEach(AsyncRedis::close);
  }

  /** Every event ends in exactly one result, and no identifier is ever run twice at once. */
  @ParameterizedTest
  @MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
  void everyEventIsReleasedExactlyOnce(RedisBinary binary) throws Exception {
    try (RedisServer server = RedisServer.start(binary)) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int replica = 0; replica < REPLICAS; replica++) {
        SyncStore store = store(client(server));
        int first = 1 + replica * EVENTS_EACH;
        tasks.add(() -> produce(store, first));
        tasks.add(() -> work(store));
      }
      for (Future<Void> task : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        task.get();
      }
      AsyncRedis client = client(server);
      assertThat(releasedIds(client)).hasSize(EVENTS).doesNotHaveDuplicates();
      assertThat(done(store(client).usage()).identifiers()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
  void eventIsEitherWithdrawnOrPublishedByWhateverReplica(RedisBinary binary) throws Exception {
    try (RedisServer server = RedisServer.start(binary)) {
      new WithdrawalRace(List.of(store(client(server)), store(client(server)))).run();
    }
  }

  private AsyncRedis client(RedisServer server) {
    AsyncRedis client = new AsyncRedis(server.url());
    clients.add(client);
    return client;
  }

  private static SyncStore store(AsyncRedis client) {
    return new RedisSyncStore(client, new Scripts(Scripts.SERVER_TIME), "g", SETTINGS);
  }

  private static Void produce(SyncStore store, int first) {
    for (int i = first; i < first + EVENTS_EACH; i++) {
      done(
          store.enqueue(
              new Enqueue(
                  List.of(state(i, user(i), "r" + i % IDENTIFIERS, oid(1))),
                  List.of(),
                  Duration.ZERO,
                  false)));
    }
    return null;
  }

  private Void work(SyncStore store) {
    while (released.get() < EVENTS && !Thread.currentThread().isInterrupted()) {
      for (Claimed claimed : done(store.claimDue(2)).claimed()) {
        Claim claim = claimed.claim();
        assertThat(running.put(claim.identifier(), claim)).isNull();
        List<EventId> ids = claimed.work().pending().stream().map(PendingEvent::id).toList();
        assertThat(done(store.renew(List.of(claim)))).isEmpty();
        running.remove(claim.identifier());
        Release all = satisfying(ids);
        released.addAndGet(done(store.publish(claim, all)).released().size());
        done(store.complete(claim, RunNote.NOTHING));
      }
    }
    return null;
  }

  private static List<EventId> releasedIds(AsyncRedis client) {
    ResultLog log =
        new RedisResultLog(
            client, client, new Scripts(Scripts.SERVER_TIME), "g", new VirtualTime());
    List<EventId> ids = new ArrayList<>();
    ResultPosition place = done(log.bounds()).oldest();
    for (List<StoredResult> page = page(log, place); !page.isEmpty(); page = page(log, place)) {
      page.forEach(stored -> stored.result().released().forEach(event -> ids.add(event.id())));
      place = page.get(page.size() - 1).position();
    }
    return ids;
  }

  private static List<StoredResult> page(ResultLog log, ResultPosition after) {
    return ((ResultLog.Page) done(log.read(after, 64))).results();
  }
}
