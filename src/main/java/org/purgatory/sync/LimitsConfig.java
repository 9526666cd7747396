package org.purgatory.sync;

import io.smallrye.config.WithDefault;

/** {@code purgatory.limits}: how much is taken in. */
public interface LimitsConfig {

  /**
   * How many identifiers the queue holds.
   *
   * @return {@code PURGATORY_LIMITS_IDENTIFIERS}
   */
  @WithDefault("1000000")
  int identifiers();

  /**
   * How many events of one identifier wait.
   *
   * @return {@code PURGATORY_LIMITS_EVENTS_PER_IDENTIFIER}
   */
  @WithDefault("1000")
  int eventsPerIdentifier();

  /**
   * How many bytes of JSON an event has.
   *
   * @return {@code PURGATORY_LIMITS_EVENT_BYTES}
   */
  @WithDefault("262144")
  int eventBytes();

  /**
   * How many objects an event names.
   *
   * @return {@code PURGATORY_LIMITS_OIDS_PER_EVENT}
   */
  @WithDefault("10000")
  int oidsPerEvent();
}
