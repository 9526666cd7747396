package org.purgatory.sync.ops.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.purgatory.sync.nostr.Domain;

/**
 * The series of domains: the busiest under their names, all others together.
 *
 * <p>What is in flight is counted by domain, never by label, and summed up when somebody looks. So
 * a label that changes hands during a fetch leaves no count behind.
 */
final class DomainMeters {

  private static final String OTHER = "other";

  private final MetricRegistry registry;
  private final DomainLabels labels;
  private final Map<Domain, Integer> inFlight = new ConcurrentHashMap<>();
  private final Map<String, DomainSeries> series = new HashMap<>();

  DomainMeters(MetricRegistry registry, int mostLabels) {
    this.registry = registry;
    this.labels = new DomainLabels(mostLabels);
  }

  /** A fetch started. */
  synchronized void started(Domain domain) {
    inFlight.merge(domain, 1, Integer::sum);
    Optional<Domain> unlabelled = labels.count(domain);
    unlabelled.map(Domain::name).map(series::remove).ifPresent(DomainSeries::remove);
    seriesOf(domain);
  }

  /** A fetch ended. */
  synchronized void ended(Domain domain, String outcome) {
    inFlight.computeIfPresent(domain, (d, count) -> count > 1 ? count - 1 : null);
    seriesOf(domain).count(outcome);
  }

  private DomainSeries seriesOf(Domain domain) {
    return labels.has(domain)
        ? series.computeIfAbsent(
            domain.name(),
            name -> new DomainSeries(registry, name, () -> inFlight.getOrDefault(domain, 0)))
        : series.computeIfAbsent(
            OTHER, name -> new DomainSeries(registry, name, this::otherInFlight));
  }

  /** Called by whoever reads the metrics, so it takes no lock. */
  private int otherInFlight() {
    return inFlight.entrySet().stream()
        .filter(entry -> !labels.has(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
