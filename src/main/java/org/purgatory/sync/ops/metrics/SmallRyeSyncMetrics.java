package org.purgatory.sync.ops.metrics;

import static org.purgatory.sync.ops.metrics.Meters.described;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.RunEnd;
import org.purgatory.sync.sync.SyncMetrics;

/** The engine's meters in SmallRye Metrics. All but those of domains are there from the start. */
@Singleton
public class SmallRyeSyncMetrics implements SyncMetrics {

  private static final int MOST_DOMAIN_LABELS = 100;

  private final AtomicInteger queueSize = new AtomicInteger();
  private final Map<RunEnd, Counter> attempts = new EnumMap<>(RunEnd.class);
  private final Counter oidsFetched;
  private final Timer backoff;
  private final DomainMeters domains;

  /**
   * Declares the meters.
   *
   * @param registry where
   */
  public SmallRyeSyncMetrics(MetricRegistry registry) {
    registry.gauge(
        described("purgatory_sync_queue_size", "Identifiers in the queue"), queueSize::get);
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
    backoff =
        registry.timer(
            described("purgatory_sync_backoff", "Waits after runs that left events behind"));
    domains = new DomainMeters(registry, MOST_DOMAIN_LABELS);
  }

  @Override
  public void queueSize(int identifiers) {
    queueSize.set(identifiers);
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
    domains.ended(domain, outcome(result));
    if (result instanceof FetchResult.Fetched fetched) {
      oidsFetched.inc(fetched.oids().size());
    }
  }

  @Override
  public void backoff(Duration wait) {
    backoff.update(wait);
  }

  private static String outcome(FetchResult result) {
    if (result instanceof FetchResult.Failed failed) {
      return failed.failure().label();
    }
    return result instanceof FetchResult.ObjectMissing ? "object_missing" : "fetched";
  }
}
