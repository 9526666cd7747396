package org.purgatory.sync.simulation;

import java.time.Duration;

/** How long everything may take once nothing goes wrong any more. */
final class Bound {

  private Bound() {}

  /**
   * When all that can be satisfied has to be.
   *
   * @param scenario the scenario
   * @param calmFrom when the last thing went wrong, in microseconds
   */
  static long of(Scenario scenario, long calmFrom) {
    Terms terms = scenario.terms();
    // What hangs: a fetch, then the lease of its run; then the longest backoff, twice.
    Duration once =
        terms
            .fetchTimeout()
            .plus(Terms.LEASE.multipliedBy(2))
            .plus(Terms.BACKOFF.most().multipliedBy(2));
    // Each URL may be asked once for each object, in each of a few runs.
    long exchanges = 6L * Math.max(1, scenario.servers().size());
    Duration turns = Duration.ofMinutes(2 + exchanges / terms.limits().maxPerMinute());
    return calmFrom + Schedule.micros(once.plus(turns));
  }
}
