package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.ThrottleSettings;

/** Makes a scenario of a seed: always the same one. */
final class ScenarioMaker {

  private static final int[] TICKS = {1, 5, 5, 5, 20, 20, 20};
  private static final int[] MESSAGES = {1, 10, 10, 300};
  private static final int[] ACTIVE = {30, 120, 300};
  private static final int[] EXPIRIES = {1800, 1800, 1800, 300, 100};

  /** The real expiry. Shorter ones are crossed within the simulation. */
  static final Duration LONGEST = Duration.ofMinutes(30);

  private final Chance chance;
  private final List<Project> projects = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();
  private final List<GitEvent> spares = new ArrayList<>();

  private ScenarioMaker(long seed) {
    this.chance = new Chance(new SplittableRandom(seed));
  }

  static Scenario make(long seed) {
    return new ScenarioMaker(seed).scenario(seed);
  }

  private Scenario scenario(long seed) {
    Terms terms = terms();
    Duration active = Duration.ofSeconds(chance.oneOf(ACTIVE));
    Stock stock = new Stock(chance);
    int count = 1 + chance.below(chance.in(3) ? 8 : 3);
    for (int i = 0; i < count; i++) {
      ProjectMaker maker = new ProjectMaker(chance, stock, i, active, terms.expiry());
      projects.add(maker.project());
      actions.addAll(maker.actions());
      spares.addAll(maker.spares());
    }
    boolean calm = chance.in(5);
    List<Fault> faults = new ArrayList<>();
    if (!calm) {
      TroubleMaker trouble = new TroubleMaker(chance, terms.replicas(), active);
      actions.addAll(trouble.actions());
      actions.addAll(stock.moodSwings(active));
      faults.addAll(trouble.faults());
    }
    return new Scenario(seed, terms, projects, stock.servers(calm), actions, faults, spares);
  }

  private Terms terms() {
    int replicas = 1 + (chance.in(4) ? 0 : 1 + (chance.in(3) ? chance.below(3) : 0));
    List<Duration> wrongBy = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      wrongBy.add(
          chance.in(2) ? Duration.ZERO : Duration.ofMillis(chance.below(1_200_000) - 600_000));
    }
    return new Terms(
        wrongBy,
        Duration.ofMillis(chance.oneOf(MESSAGES)),
        Duration.ofSeconds(chance.oneOf(TICKS)),
        chance.in(4) ? 2 : 32,
        limits(),
        Duration.ofSeconds(chance.oneOf(EXPIRIES)),
        Duration.ofSeconds(chance.in(2) ? 30 : 100));
  }

  private ThrottleSettings.Limits limits() {
    return chance.in(3)
        ? new ThrottleSettings.Limits(5, 30)
        : new ThrottleSettings.Limits(1 + chance.below(3), 2 + chance.below(7));
  }
}
