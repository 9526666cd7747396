package org.purgatory.sync.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Plays seeds on the embedded store. {@code -Dsimulation.seeds=…} says how many, {@code
 * -Dsimulation.first=…} from which one on; {@code -Dsimulation.seed=…} plays one, and writes down
 * what happened.
 */
class SimulationTest {

  private static final int SEEDS = 1000;

  private static SilencedLog log;

  @BeforeAll
  static void silenceTheEngine() {
    log = new SilencedLog();
  }

  @AfterAll
  static void letTheEngineSpeak() {
    log.close();
  }

  @Test
  void everySeedKeepsEveryRule() throws IOException {
    Long one = Long.getLong("simulation.seed");
    if (one != null) {
      assertThat(Replay.written(Simulation.embedded(), "seed-" + one, one)).isNull();
      return;
    }
    long first = Long.getLong("simulation.first", 1);
    long count = Long.getLong("simulation.seeds", SEEDS);
    List<String> broken =
        LongStream.range(first, first + count)
            .parallel()
            .filter(SimulationTest::breaks)
            .sorted()
            .limit(3)
            .mapToObj(seed -> FailureReport.of(Simulation.embedded(), seed))
            .toList();
    assertThat(broken).isEmpty();
  }

  private static boolean breaks(long seed) {
    return Simulation.embedded().play(ScenarioMaker.make(seed), false).violation() != null;
  }
}
