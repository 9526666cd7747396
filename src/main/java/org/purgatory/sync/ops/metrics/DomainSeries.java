package org.purgatory.sync.ops.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The series of one domain label. */
final class DomainSeries {

  private static final String IN_FLIGHT = "purgatory_domain_in_flight";
  private static final String REQUESTS = "purgatory_domain_requests_total";

  private final MetricRegistry registry;
  private final Tag domain;
  private final Map<String, Counter> requests = new HashMap<>();

  DomainSeries(MetricRegistry registry, String label, Supplier<Integer> inFlight) {
    this.registry = registry;
    this.domain = new Tag("domain", label);
    registry.gauge(Meters.described(IN_FLIGHT, "Fetches that run now"), inFlight, domain);
  }

  /** Counts a request that ended. */
  void count(String outcome) {
    requests.computeIfAbsent(outcome, this::counter).inc();
  }

  /** Takes the series out of the registry. */
  void remove() {
    registry.remove(new MetricID(IN_FLIGHT, domain));
    requests.keySet().forEach(o -> registry.remove(new MetricID(REQUESTS, domain, outcome(o))));
  }

  private Counter counter(String outcome) {
    return registry.counter(
        Meters.described(REQUESTS, "Fetches that ended, by what came of them"),
        domain,
        outcome(outcome));
  }

  private static Tag outcome(String outcome) {
    return new Tag("outcome", outcome);
  }
}
