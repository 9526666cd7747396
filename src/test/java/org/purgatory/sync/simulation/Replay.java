package org.purgatory.sync.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells what happens in a seed, from beginning to end. */
final class Replay {

  private static final Path TRACES = Path.of("target", "simulation");

  private Replay() {}

  /** Prints what happens in the seeds that are named as arguments. */
  public static void main(String[] seeds) {
    SilencedLog log = new SilencedLog();
    for (String seed : seeds) {
      System.out.println(of(Long.parseLong(seed)));
    }
    log.close();
  }

  static String of(long seed) {
    Scenario scenario = ScenarioMaker.make(seed);
    return text(scenario, Simulation.embedded().play(scenario, true));
  }

  /**
   * Writes down what happens in a seed.
   *
   * @return the rule that it breaks, or null
   */
  static String written(Simulation simulation, String name, long seed) throws IOException {
    Scenario scenario = ScenarioMaker.make(seed);
    Simulation.Outcome outcome = simulation.play(scenario, true);
    Files.createDirectories(TRACES);
    Path file = TRACES.resolve(name + ".txt");
    Files.writeString(file, text(scenario, outcome) + "\n");
    System.out.println("What happened is in " + file);
    return outcome.violation();
  }

  private static String text(Scenario scenario, Simulation.Outcome outcome) {
    return scenario + "\n" + String.join("\n", outcome.trace());
  }
}
