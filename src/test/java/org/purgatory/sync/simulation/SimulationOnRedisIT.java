package org.purgatory.sync.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.store.redis.ShiftedRedis;

/**
 * Plays seeds on the Redis adapters, held against the same model of queue and throttle as the
 * embedded store is. {@code -Dsimulation.redis-seeds=…} says how many.
 */
class SimulationOnRedisIT {

  private static final int SEEDS = 20;

  private static SilencedLog log;
  private static ShiftedRedis redis;

  @BeforeAll
  static void start() {
    log = new SilencedLog();
    redis = new ShiftedRedis();
  }

  @AfterAll
  static void stop() {
    redis.close();
    log.close();
  }

  @Test
  void everySeedKeepsEveryRuleOnRedis() {
    Simulation simulation =
        new Simulation((world, variant) -> new StoresInRedis(world, redis), () -> Variant.NONE);
    long first = Long.getLong("simulation.first", 1);
    long count = Long.getLong("simulation.redis-seeds", SEEDS);
    List<String> broken =
        LongStream.range(first, first + count)
            .filter(seed -> play(simulation, seed) != null)
            .limit(3)
            .mapToObj(seed -> seed + ": " + play(simulation, seed))
            .toList();
    assertThat(broken).isEmpty();
  }

  private static String play(Simulation simulation, long seed) {
    return simulation.play(ScenarioMaker.make(seed), false).violation();
  }
}
