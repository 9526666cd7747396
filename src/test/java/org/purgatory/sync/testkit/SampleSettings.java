package org.purgatory.sync.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.UrlPolicy;

/** Settings for tests to which it matters little what they are: mostly those of production. */
public final class SampleSettings {

  /** Five fetches at once and thirty a minute of each domain, with leases of a minute. */
  public static final ThrottleSettings THROTTLE =
      new ThrottleSettings(new ThrottleSettings.Limits(5, 30), Map.of(), Duration.ofSeconds(60));

  /** Runs that may take as long as a fetch and a minute; {@code own.example} is the relay's own. */
  public static final EngineSettings ENGINE =
      new EngineSettings(
          32,
          Duration.ofMinutes(11),
          Duration.ofMinutes(1),
          new UrlPolicy(Set.of(new Domain("own.example")), true));

  private SampleSettings() {}

  /** The queue's rules for events, with bounds that suit most tests. */
  public static QueueSettings queue() {
    return queue(1000, 100, 1000);
  }

  /**
   * The queue's rules for events: they wait half an hour at the most, with a backoff of 20 seconds
   * up to two minutes.
   *
   * @param identifiers how many the queue holds at the most
   * @param eventsPerIdentifier how many wait at the most
   * @param results how many are kept at the most
   */
  public static QueueSettings queue(int identifiers, int eventsPerIdentifier, int results) {
    return new QueueSettings(
        new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(2)),
        Duration.ofMinutes(30),
        Duration.ofDays(7),
        Duration.ofSeconds(60),
        identifiers,
        eventsPerIdentifier,
        Duration.ofHours(24),
        results);
  }
}
