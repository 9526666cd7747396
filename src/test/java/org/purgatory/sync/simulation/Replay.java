package org.purgatory.sync.simulation;

/** Prints what happens in some seeds, in a process of its own. */
final class Replay {

  private Replay() {}

  /** Plays the seeds that are named as arguments. */
  public static void main(String[] seeds) {
    SilencedLog log = new SilencedLog();
    for (String seed : seeds) {
      System.out.println(of(Long.parseLong(seed)));
    }
    log.close();
  }

  static String of(long seed) {
    Scenario scenario = ScenarioMaker.make(seed);
    Simulation.Outcome outcome = Simulation.embedded().play(scenario, true);
    return scenario + "\n" + String.join("\n", outcome.trace());
  }
}
