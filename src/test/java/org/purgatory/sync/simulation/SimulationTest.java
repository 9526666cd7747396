package org.purgatory.sync.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Path TRACES = Path.of("target", "simulation");

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
      replay(one);
      return;
    }
    long first = Long.getLong("simulation.first", 1);
    long count = Long.getLong("simulation.seeds", SEEDS);
    List<String> broken =
        LongStream.range(first, first + count)
            .parallel()
            .filter(seed -> play(seed, false).violation() != null)
            .sorted()
            .limit(3)
            .mapToObj(seed -> FailureReport.of(Simulation.embedded(), seed))
            .toList();
    assertThat(broken).isEmpty();
  }

  private static void replay(long seed) throws IOException {
    Simulation.Outcome outcome = play(seed, true);
    Files.createDirectories(TRACES);
    Path file = TRACES.resolve("seed-" + seed + ".txt");
    Files.writeString(
        file, ScenarioMaker.make(seed) + "\n" + String.join("\n", outcome.trace()) + "\n");
    System.out.println("What happened is in " + file);
    assertThat(outcome.violation()).isNull();
  }

  private static Simulation.Outcome play(long seed, boolean tracing) {
    return Simulation.embedded().play(ScenarioMaker.make(seed), tracing);
  }
}
