package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.Map;
import org.purgatory.sync.nostr.Domain;

/**
 * How polite to be.
 *
 * @param limits the limits of every domain that has none of its own
 * @param perDomain domains with limits of their own
 * @param lease how long a permit lasts without being renewed
 */
public record ThrottleSettings(Limits limits, Map<Domain, Limits> perDomain, Duration lease) {

  /** Copies the map. */
  public ThrottleSettings {
    perDomain = Map.copyOf(perDomain);
  }

  /**
   * The limits of one domain.
   *
   * @param maxConcurrent fetches at once, at least 1
   * @param maxPerMinute fetches started in any 60 seconds, at least 1
   */
  public record Limits(int maxConcurrent, int maxPerMinute) {}

  /**
   * The limits of a domain.
   *
   * @param domain the domain
   * @return its own ones, or the general ones
   */
  public Limits of(Domain domain) {
    return perDomain.getOrDefault(domain, limits);
  }
}
