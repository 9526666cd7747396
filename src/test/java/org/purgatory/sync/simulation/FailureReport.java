package org.purgatory.sync.simulation;

import java.util.List;

/** Tells of a seed that broke a rule: as little of it as still breaks one, and what happened. */
final class FailureReport {

  private static final int LAST_LINES = 150;

  private FailureReport() {}

  static String of(Simulation simulation, long seed) {
    Scenario scenario = ScenarioMaker.make(seed);
    String violation = simulation.play(scenario, false).violation();
    Scenario smallest = new ScenarioShrinking(simulation).shrink(scenario);
    Simulation.Outcome outcome = simulation.play(smallest, true);
    List<String> trace = outcome.trace();
    List<String> last = trace.subList(Math.max(0, trace.size() - LAST_LINES), trace.size());
    return "-Dsimulation.seed=%d: %s%nmade smaller: %s%n%s%n%s%n"
        .formatted(seed, violation, outcome.violation(), smallest, String.join("\n", last));
  }
}
