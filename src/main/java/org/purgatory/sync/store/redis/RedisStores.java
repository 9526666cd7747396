package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Redis;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;

/** A replica's store, results and throttle in Redis, on connections that they share. */
public final class RedisStores implements AutoCloseable {

  private final RedisConnections connections;
  private final RedisSyncStore store;
  private final RedisResultLog results;
  private final RedisDomainThrottle throttle;
  private final RedisSuitability suitability;

  /**
   * Makes them. Nothing waits for Redis: calls fail until it is there.
   *
   * @param client the client library's Redis
   * @param group the replicas that share the queue and the results
   * @param queue the queue's rules
   * @param limits how polite to be
   * @param timer what runs things later
   */
  public RedisStores(
      Redis client, String group, QueueSettings queue, ThrottleSettings limits, Timer timer) {
    Scripts scripts = new Scripts(Scripts.SERVER_TIME);
    this.connections = new RedisConnections(client, timer);
    this.store = new RedisSyncStore(connections.commands(), scripts, group, queue);
    this.results =
        new RedisResultLog(connections.commands(), connections.blocking(), scripts, group, timer);
    this.throttle =
        new RedisDomainThrottle(
            connections.commands(),
            connections.messages(),
            scripts,
            UUID.randomUUID().toString(),
            limits,
            timer);
    this.suitability = new RedisSuitability(connections.commands());
    results.start();
  }

  /** The group's queue. */
  public SyncStore store() {
    return store;
  }

  /** The group's results. */
  public ResultLog results() {
    return results;
  }

  /** The limits that all groups share. */
  public DomainThrottle throttle() {
    return throttle;
  }

  /**
   * What an operator has to mend before this Redis can be relied on.
   *
   * @return empty if nothing
   */
  public CompletionStage<Optional<String>> problem() {
    return suitability.problem();
  }

  @Override
  public void close() {
    results.close();
    connections.close();
  }
}
