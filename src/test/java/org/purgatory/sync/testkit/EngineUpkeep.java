package org.purgatory.sync.testkit;

import java.time.Duration;
import org.purgatory.sync.sync.SyncEngine;

/** Does in virtual time what a scheduler does for an engine, but for its ticks. */
public final class EngineUpkeep {

  /** Often enough that no lease of a minute ends. */
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private EngineUpkeep() {}

  /** Keeps the engine's leases and sweeps for it, from now on. */
  public static void start(SyncEngine engine, VirtualTime time) {
    time.schedule(
        INTERVAL,
        () -> {
          engine.keepLeases();
          engine.sweep();
          start(engine, time);
        });
  }
}
