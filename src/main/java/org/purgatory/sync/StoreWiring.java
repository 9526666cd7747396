package org.purgatory.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.purgatory.sync.ops.StoreSuitability;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.store.redis.RedisStores;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;

/** Chooses where queue, results and limits are kept. */
@Singleton
public class StoreWiring {

  /** What belongs together, whichever it is. */
  private record Stores(
      SyncStore store,
      ResultLog results,
      DomainThrottle throttle,
      StoreSuitability suitability,
      Runnable onClose) {}

  private final Stores stores;

  /** The settings come first: they stand for a configuration that has been checked. */
  StoreWiring(
      QueueSettings queue,
      ThrottleSettings limits,
      PurgatoryConfig config,
      Clock clock,
      Timer timer,
      Instance<Redis> redis) {
    this.stores =
        config.store().equals(PurgatoryConfig.REDIS)
            ? inRedis(redis.get(), config.group(), queue, limits, timer)
            : inMemory(queue, limits, clock, timer);
  }

  private static Stores inMemory(
      QueueSettings queue, ThrottleSettings limits, Clock clock, Timer timer) {
    MemorySyncStore store = new MemorySyncStore(queue, clock);
    return new Stores(
        store,
        store.results(),
        new MemoryDomainThrottle(limits, clock, timer),
        () -> completedFuture(Optional.empty()),
        () -> {});
  }

  private static Stores inRedis(
      Redis client, String group, QueueSettings queue, ThrottleSettings limits, Timer timer) {
    RedisStores stores = new RedisStores(client, group, queue, limits, timer);
    return new Stores(
        stores.store(), stores.results(), stores.throttle(), stores::problem, stores::close);
  }

  @Produces
  @Singleton
  SyncStore store() {
    return stores.store();
  }

  @Produces
  @Singleton
  ResultLog results() {
    return stores.results();
  }

  @Produces
  @Singleton
  DomainThrottle throttle() {
    return stores.throttle();
  }

  @Produces
  @Singleton
  StoreSuitability suitability() {
    return stores.suitability();
  }

  /** Ends the connections, if there are any. */
  void close() {
    stores.onClose().run();
  }
}
