package org.purgatory.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Everything that an operator decides. Each property is also an environment variable: {@code
 * purgatory.git.root} is {@code PURGATORY_GIT_ROOT}, {@code purgatory.sync.default-delay} is {@code
 * PURGATORY_SYNC_DEFAULT_DELAY}. Durations are written {@code 500ms}, {@code 20s}, {@code 3m},
 * {@code 24h}, {@code 7d}, or as ISO 8601 has them.
 *
 * <p>What is allowed beyond its type, {@link ConfigCheck} says.
 */
@ConfigMapping(prefix = "purgatory")
public interface PurgatoryConfig {

  /** The store that replicas share. */
  String REDIS = "redis";

  /**
   * Where the queue, the results and the domain throttle are kept. {@code memory}: in this process,
   * for one replica; they end with it. {@code redis}: in the Redis that {@code quarkus.redis.hosts}
   * names, shared by replicas.
   *
   * @return {@code PURGATORY_STORE}
   */
  @WithDefault("memory")
  String store();

  /**
   * The replicas that share one git volume and one relay's events. Only with Redis.
   *
   * @return {@code PURGATORY_GROUP}
   */
  @WithDefault("default")
  String group();

  /**
   * The relay's git data, and how to fetch.
   *
   * @return {@code purgatory.git}
   */
  GitConfig git();

  /**
   * The queue's rules.
   *
   * @return {@code purgatory.sync}
   */
  SyncConfig sync();

  /**
   * How polite to be to remote domains.
   *
   * @return {@code purgatory.throttle}
   */
  ThrottleConfig throttle();

  /**
   * How long results are kept, and how streams of them stay alive.
   *
   * @return {@code purgatory.results}
   */
  ResultsConfig results();

  /**
   * How much is taken in.
   *
   * @return {@code purgatory.limits}
   */
  LimitsConfig limits();

  /**
   * How events are read.
   *
   * @return {@code purgatory.nostr}
   */
  NostrConfig nostr();
}
