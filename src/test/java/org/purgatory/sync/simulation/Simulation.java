package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.purgatory.sync.nostr.GitEvent;

/** Plays a scenario to its end. */
final class Simulation {

  private static final long LEAST = Schedule.micros(Duration.ofMinutes(10));
  private static final long MOST_STEPS = 2_000_000;

  /** What came of it: the first rule that was broken, or null; and what happened, if traced. */
  record Outcome(String violation, List<String> trace, long steps, long micros) {}

  private final BiFunction<World, Variant, Stores> stores;
  private final Supplier<Variant> variants;

  Simulation(BiFunction<World, Variant, Stores> stores, Supplier<Variant> variants) {
    this.stores = stores;
    this.variants = variants;
  }

  static Simulation embedded() {
    return embedded(() -> Variant.NONE);
  }

  static Simulation embedded(Supplier<Variant> variants) {
    return new Simulation(MemoryStores::new, variants);
  }

  Outcome play(Scenario scenario, boolean tracing) {
    Variant variant = variants.get();
    World world = new World(scenario, variant, one -> stores.apply(one, variant), tracing);
    long steps = 0;
    try {
      long active =
          scenario.actions().stream().mapToLong(a -> Schedule.micros(a.at())).max().orElse(0);
      world.schedule.after(Process.WORLD, active + 1, world.servers::heal);
      steps = run(world, active, scenario);
      world.stores.end();
    } catch (AssertionError | RuntimeException e) {
      world.trace.violated(e + " at " + e.getStackTrace()[0]);
    }
    return new Outcome(world.trace.violation(), world.trace.lines(), steps, world.schedule.now());
  }

  private static long run(World world, long active, Scenario scenario) {
    Liveness liveness = new Liveness(world);
    long steps = 0;
    long until = LEAST;
    while (world.trace.violation() == null && steps < MOST_STEPS) {
      if (world.schedule.step(until)) {
        steps++;
        continue;
      }
      List<GitEvent> waiting = liveness.stillToEnd();
      if (waiting.isEmpty()) {
        return steps;
      }
      long bound =
          Bound.of(scenario, Math.max(world.lines.blockedUntil(), world.watch().troubleUntil()));
      if (until >= bound) {
        world.trace.violated("not satisfied in time: " + Action.names(waiting));
      }
      until = Math.min(bound, until + Schedule.micros(Duration.ofSeconds(30)));
    }
    return steps;
  }
}
