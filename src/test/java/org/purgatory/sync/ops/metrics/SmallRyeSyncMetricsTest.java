package org.purgatory.sync.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.metrics.SharedMetricRegistries;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EnqueueOutcome.Bound;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.RunEnd;
import org.purgatory.sync.sync.Usage;
import org.purgatory.sync.testkit.SampleSettings;

class SmallRyeSyncMetricsTest {

  private static final Domain BUSY = Domain.of("busy.example");
  private static final QueueSettings BOUNDS = SampleSettings.queue(1000, 100, 500);
  private static final FetchResult FAILED = new FetchResult.Failed(FetchFailure.TIMEOUT, "slow");

  private final SimpleMeterRegistry scraped = new SimpleMeterRegistry();
  private final MetricRegistry registry;
  private final SmallRyeSyncMetrics metrics;

  SmallRyeSyncMetricsTest() {
    Metrics.addRegistry(scraped);
    registry = SharedMetricRegistries.getOrCreate("test");
    metrics = new SmallRyeSyncMetrics(registry, BOUNDS);
  }

  @AfterEach
  void forgetMeters() {
    registry.removeMatching((id, metric) -> true);
    SharedMetricRegistries.drop("test");
    Metrics.removeRegistry(scraped);
  }

  @Test
  void whatHasNoDomainIsThereFromTheStart() {
    assertThat(count("purgatory_sync_oids_fetched_total")).isZero();
    assertThat(Stream.of(RunEnd.values()).map(end -> attempts(end.label()))).containsOnly(0L);
    assertThat(gauge("purgatory_sync_queue_size")).isZero();
    assertThat(registry.getTimer(new MetricID("purgatory_sync_backoff")).getCount()).isZero();
  }

  @Test
  void whatIsLeftAloneIsCounted() {
    metrics.fetchSkipped();
    metrics.fetchSkipped();
    metrics.askedForPatience();
    assertThat(count("purgatory_sync_fetches_skipped_total")).isEqualTo(2);
    assertThat(count("purgatory_domain_patience_total")).isEqualTo(1);
  }

  @Test
  void runsAndWaitsAreCounted() {
    metrics.usage(new Usage(7, 3));
    metrics.runEnded(RunEnd.COMPLETE);
    metrics.runEnded(RunEnd.COMPLETE);
    metrics.backoff(Duration.ofSeconds(20));

    assertThat(gauge("purgatory_sync_queue_size")).isEqualTo(7);
    assertThat(gauge("purgatory_results_retained")).isEqualTo(3);
    assertThat(attempts("complete")).isEqualTo(2);
    assertThat(registry.getTimer(new MetricID("purgatory_sync_backoff")).getElapsedTime())
        .isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void boundsAreShownBesideWhatIsThere() {
    assertThat(gauge("purgatory_sync_queue_limit")).isEqualTo(1000);
    assertThat(gauge("purgatory_results_limit")).isEqualTo(500);
    assertThat(gauge("purgatory_sync_events_per_identifier_limit")).isEqualTo(100);
    metrics.enqueued(new EnqueueOutcome.Accepted(List.of(), 97));
    Histogram events = registry.getHistogram(new MetricID("purgatory_sync_events_per_identifier"));
    assertThat(events.getSnapshot().getMax()).isEqualTo(97);
  }

  @Test
  void refusalsAreCountedByTheBoundThatCausedThem() {
    metrics.enqueued(new EnqueueOutcome.Full(Bound.IDENTIFIERS, "full", Duration.ofSeconds(1)));
    assertThat(count("purgatory_sync_refused_total", new Tag("bound", "identifiers"))).isOne();
    assertThat(count("purgatory_sync_refused_total", new Tag("bound", "memory"))).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void eachFailureIsCountedUnderItsWord(FetchFailure failure) {
    fetch(BUSY, new FetchResult.Failed(failure, "whatever"));

    assertThat(requests("busy.example", failure.label())).isOne();
  }

  @Test
  void onlyObjectsThatCameAreCounted() {
    fetch(BUSY, new FetchResult.Fetched(Set.of(oid('a'), oid('b')), 1000));
    fetch(BUSY, new FetchResult.ObjectMissing(oid('c')));
    fetch(BUSY, FAILED);

    assertThat(count("purgatory_sync_oids_fetched_total")).isEqualTo(2);
    assertThat(requests("busy.example", "fetched")).isEqualTo(1);
    assertThat(requests("busy.example", "object_missing")).isEqualTo(1);
    assertThat(requests("busy.example", "timeout")).isEqualTo(1);
  }

  @Test
  void fetchesInFlightRiseAndFall() {
    metrics.fetchStarted(BUSY);
    metrics.fetchStarted(BUSY);
    assertThat(inFlight("busy.example")).isEqualTo(2);

    metrics.fetchEnded(BUSY, FAILED);
    assertThat(inFlight("busy.example")).isEqualTo(1);

    metrics.fetchEnded(BUSY, FAILED);
    assertThat(inFlight("busy.example")).isZero();
  }

  @Test
  void domainsBeyondTheBusiestHundredShareOneLabel() {
    for (int i = 0; i < 150; i++) {
      metrics.fetchStarted(domain(i));
    }
    assertThat(inFlight("d0.example")).isEqualTo(1);
    assertThat(inFlight("other")).isEqualTo(50);
    assertThat(seriesOf("purgatory_domain_in_flight")).hasSize(101);

    for (int i = 0; i < 150; i++) {
      metrics.fetchEnded(domain(i), FAILED);
    }
    assertThat(inFlight("other")).isZero();
    assertThat(requests("other", "timeout")).isEqualTo(50);
  }

  @Test
  void aLabelThatChangesHandsDuringAFetchLeavesNothingBehind() {
    for (int i = 0; i < 100; i++) {
      metrics.fetchStarted(domain(i));
    }
    Domain rising = Domain.of("rising.example");
    metrics.fetchStarted(rising);
    assertThat(inFlight("other")).isEqualTo(1);

    metrics.fetchStarted(rising);
    assertThat(inFlight("rising.example")).isEqualTo(2);
    assertThat(inFlight("other")).as("the one that lost its label").isEqualTo(1);
    assertThat(series("d0.example")).isEmpty();
    assertThat(scraped.getMeters())
        .as("what is scraped")
        .noneMatch(meter -> "d0.example".equals(meter.getId().getTag("domain")));

    metrics.fetchEnded(domain(0), FAILED);
    metrics.fetchEnded(rising, FAILED);
    metrics.fetchEnded(rising, FAILED);
    assertThat(inFlight("rising.example")).isZero();
    assertThat(inFlight("other")).isZero();
  }

  private void fetch(Domain domain, FetchResult result) {
    metrics.fetchStarted(domain);
    metrics.fetchEnded(domain, result);
  }

  private long count(String name, Tag... tags) {
    return registry.getCounter(new MetricID(name, tags)).getCount();
  }

  private long attempts(String outcome) {
    return count("purgatory_sync_attempts_total", new Tag("outcome", outcome));
  }

  private long requests(String domain, String outcome) {
    return count(
        "purgatory_domain_requests_total", new Tag("domain", domain), new Tag("outcome", outcome));
  }

  private int inFlight(String domain) {
    return gauge("purgatory_domain_in_flight", new Tag("domain", domain));
  }

  private int gauge(String name, Tag... tags) {
    return registry.getGauge(new MetricID(name, tags)).getValue().intValue();
  }

  private List<MetricID> seriesOf(String name) {
    return registry.getMetricIDs().stream().filter(id -> id.getName().equals(name)).toList();
  }

  private List<MetricID> series(String domain) {
    return registry.getMetricIDs().stream()
        .filter(id -> domain.equals(id.getTags().get("domain")))
        .toList();
  }

  private static Domain domain(int number) {
    return Domain.of("d" + number + ".example");
  }

  private static Oid oid(char digit) {
    return new Oid(String.valueOf(digit).repeat(40));
  }
}
