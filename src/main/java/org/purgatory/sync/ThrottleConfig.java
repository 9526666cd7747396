package org.purgatory.sync;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.OptionalInt;

/** {@code purgatory.throttle}: how polite to be to each remote domain. */
public interface ThrottleConfig {

  /**
   * How many fetches from one domain run at once.
   *
   * @return {@code PURGATORY_THROTTLE_MAX_CONCURRENT}
   */
  @WithDefault("5")
  int maxConcurrent();

  /**
   * How many fetches from one domain start in any 60 seconds.
   *
   * @return {@code PURGATORY_THROTTLE_MAX_PER_MINUTE}
   */
  @WithDefault("30")
  int maxPerMinute();

  /**
   * Domains with limits of their own, by host: {@code
   * purgatory.throttle.domain."example.org".max-per-minute}. As an environment variable, {@code
   * PURGATORY_THROTTLE_DOMAIN__EXAMPLE_ORG__MAX_PER_MINUTE}; a host with a hyphen cannot be written
   * so.
   *
   * @return the limits by host
   */
  Map<String, DomainLimits> domain();

  /** The limits of one domain. What is not set is as for every domain. */
  interface DomainLimits {

    /**
     * How many fetches from this domain run at once.
     *
     * @return {@code max-concurrent}
     */
    OptionalInt maxConcurrent();

    /**
     * How many fetches from this domain start in any 60 seconds.
     *
     * @return {@code max-per-minute}
     */
    OptionalInt maxPerMinute();
  }
}
