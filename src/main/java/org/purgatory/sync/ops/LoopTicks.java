package org.purgatory.sync.ops;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.purgatory.sync.sync.SyncEngine;

/** Alive means that the loop ticks. A process whose loop stands still is better started anew. */
@Liveness
@Singleton
public class LoopTicks implements HealthCheck {

  private static final int INTERVALS = 10;

  /** A machine under load must not be taken for a dead process. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);

  private final SyncEngine engine;
  private final Clock clock;
  private final Duration patience;

  LoopTicks(SyncEngine engine, Clock clock, OpsSettings settings) {
    this.engine = engine;
    this.clock = clock;
    Duration intervals = settings.loopInterval().multipliedBy(INTERVALS);
    this.patience = intervals.compareTo(LEAST_PATIENCE) > 0 ? intervals : LEAST_PATIENCE;
  }

  @Override
  public HealthCheckResponse call() {
    Duration age = Duration.between(engine.lastTick(), clock.instant());
    return HealthCheckResponse.named("loop")
        .status(age.compareTo(patience) <= 0)
        .withData("last tick", age.toMillis() + " ms ago")
        .build();
  }
}
