package org.purgatory.sync.ops.metrics;

import static org.purgatory.sync.ops.metrics.Meters.described;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EnqueueOutcome.Bound;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.RunEnd;
import org.purgatory.sync.sync.SyncMetrics;
import org.purgatory.sync.sync.Usage;

/** The engine's meters in SmallRye Metrics. All but those of domains are there from the start. */
@Singleton
public class SmallRyeSyncMetrics implements SyncMetrics {

  private static final int MOST_DOMAIN_LABELS = 100;

  private volatile Usage usage = new Usage(0, 0);
  private final Map<RunEnd, Counter> attempts = new EnumMap<>(RunEnd.class);
  private final Map<Bound, Counter> refused = new EnumMap<>(Bound.class);
  private final Histogram eventsPerIdentifier;
  private final Counter oidsFetched;
  private final Counter fetchesSkipped;
  private final Counter askedForPatience;
  private final Timer backoff;
  private final DomainMeters domains;

  /**
   * Declares the meters.
   *
   * @param registry where
   * @param bounds how full the queue may get
   */
  public SmallRyeSyncMetrics(MetricRegistry registry, QueueSettings bounds) {
    registry.gauge(
        described("purgatory_sync_queue_size", "Identifiers in the queue"),
        () -> usage.identifiers());
    registry.gauge(
        described("purgatory_sync_queue_limit", "Identifiers that the queue may hold"),
        bounds::maxIdentifiers);
    registry.gauge(
        described("purgatory_results_retained", "Results that can be read"), () -> usage.results());
    registry.gauge(
        described("purgatory_results_limit", "Results beyond which the oldest are dropped"),
        bounds::maxResults);
    eventsPerIdentifier =
        registry.histogram(
            described(
                "purgatory_sync_events_per_identifier",
                "Pending events of an identifier after more were taken in"));
    registry.gauge(
        described(
            "purgatory_sync_events_per_identifier_limit",
            "Pending events that an identifier may have"),
        bounds::maxEventsPerIdentifier);
    for (Bound bound : Bound.values()) {
      refused.put(
          bound,
          registry.counter(
              described("purgatory_sync_refused_total", "Requests refused because of a bound"),
              new Tag("bound", bound.label())));
    }
    for (RunEnd end : RunEnd.values()) {
      attempts.put(
          end,
          registry.counter(
              described("purgatory_sync_attempts_total", "Runs that ended, by how"),
              new Tag("outcome", end.label())));
    }
    oidsFetched =
        registry.counter(
            described("purgatory_sync_oids_fetched_total", "Objects asked for that came"));
    fetchesSkipped =
        registry.counter(
            described(
                "purgatory_sync_fetches_skipped_total",
                "Clone URLs passed over, as their server could not be reached lately"));
    askedForPatience =
        registry.counter(
            described(
                "purgatory_domain_patience_total",
                "Times that a server asked for patience (Retry-After)"));
    backoff =
        registry.timer(
            described("purgatory_sync_backoff", "Waits after runs that left events behind"));
    domains = new DomainMeters(registry, MOST_DOMAIN_LABELS);
  }

  @Override
  public void usage(Usage usage) {
    this.usage = usage;
  }

  @Override
  public void enqueued(EnqueueOutcome outcome) {
    if (outcome instanceof EnqueueOutcome.Full full) {
      refused.get(full.bound()).inc();
    } else if (outcome instanceof EnqueueOutcome.Accepted accepted && accepted.mostWaiting() > 0) {
      eventsPerIdentifier.update(accepted.mostWaiting());
    }
  }

  @Override
  public void runEnded(RunEnd end) {
    attempts.get(end).inc();
  }

  @Override
  public void fetchStarted(Domain domain) {
    domains.started(domain);
  }

  @Override
  public void fetchEnded(Domain domain, FetchResult result) {
    domains.ended(domain, result.label());
    if (result instanceof FetchResult.Fetched fetched) {
      oidsFetched.inc(fetched.oids().size());
    }
  }

  @Override
  public void fetchSkipped() {
    fetchesSkipped.inc();
  }

  @Override
  public void askedForPatience() {
    askedForPatience.inc();
  }

  @Override
  public void backoff(Duration wait) {
    backoff.update(wait);
  }
}
