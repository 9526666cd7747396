package org.purgatory.sync.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds what it is there to find. {@code docs/simulation.md} has the figures. */
class BrokenVariantsTest {

  private static final int MOST_SEEDS = 600;

  private static SilencedLog log;

  @BeforeAll
  static void silenceTheEngine() {
    log = new SilencedLog();
  }

  @AfterAll
  static void letTheEngineSpeak() {
    log.close();
  }

  @ParameterizedTest
  @EnumSource(BrokenVariant.class)
  void mistakeIsFound(BrokenVariant variant) {
    Simulation simulation = Simulation.embedded(variant::make);
    OptionalLong found =
        LongStream.rangeClosed(1, MOST_SEEDS)
            .parallel()
            .filter(seed -> simulation.play(ScenarioMaker.make(seed), false).violation() != null)
            .findFirst();
    assertThat(found).as("%s: a seed of %d that finds it", variant, MOST_SEEDS).isPresent();
  }
}
