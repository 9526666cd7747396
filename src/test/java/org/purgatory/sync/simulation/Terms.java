package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.UrlPolicy;

/**
 * What holds throughout one simulation.
 *
 * @param clocksWrongBy one replica for each, with a clock that is wrong by so much
 * @param slowestMessage how long a message takes at the most when nothing is wrong
 * @param tick how often the loop looks, and sweeps, by itself
 * @param maxRuns how many runs of a replica step at once
 * @param limits the politeness towards every domain
 * @param expiry how long an event waits at the most
 * @param fetchTimeout when a fetch is given up
 */
record Terms(
    List<Duration> clocksWrongBy,
    Duration slowestMessage,
    Duration tick,
    int maxRuns,
    ThrottleSettings.Limits limits,
    Duration expiry,
    Duration fetchTimeout) {

  static final Duration LEASE = Duration.ofSeconds(60);
  static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(2));

  int replicas() {
    return clocksWrongBy.size();
  }

  QueueSettings queue() {
    return new QueueSettings(
        BACKOFF, expiry, Duration.ofDays(7), LEASE, 1000, 100, Duration.ofHours(24), 100_000);
  }

  ThrottleSettings throttle() {
    return new ThrottleSettings(limits, Map.of(), LEASE);
  }

  EngineSettings engine() {
    return new EngineSettings(
        maxRuns,
        fetchTimeout.plus(Duration.ofMinutes(1)),
        LEASE,
        new UrlPolicy(Set.of(new Domain("own.example")), true));
  }

  /** The terms with the first so many replicas. */
  Terms with(int replicas) {
    return new Terms(
        clocksWrongBy.subList(0, replicas),
        slowestMessage,
        tick,
        maxRuns,
        limits,
        expiry,
        fetchTimeout);
  }
}
