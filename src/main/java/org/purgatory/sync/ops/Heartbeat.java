package org.purgatory.sync.ops;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When the loop last ticked. */
@Singleton
public class Heartbeat {

  private final Clock clock;
  private volatile Instant last;

  /**
   * Starts as if the loop had just ticked.
   *
   * @param clock the one clock
   */
  public Heartbeat(Clock clock) {
    this.clock = clock;
    this.last = clock.instant();
  }

  /** Notes a tick. */
  public void beat() {
    last = clock.instant();
  }

  /**
   * How long ago the last tick was.
   *
   * @return the time since then
   */
  public Duration age() {
    return Duration.between(last, clock.instant());
  }
}
