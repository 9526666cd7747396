package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.git.FetchCaps;
import org.purgatory.sync.git.GitSettings;
import org.purgatory.sync.git.IpNetwork;
import org.purgatory.sync.git.RepositoryLayout;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.EventLimits;
import org.purgatory.sync.sync.ThrottleSettings.Limits;

class SettingsTest {

  @TempDir Path root;

  @Test
  void whoSaysNothingGetsTheDefaults() {
    Settings settings = new Settings(Configs.withRoot(root));

    assertThat(settings.git()).isEqualTo(GitSettings.defaults(root));
    assertThat(settings.events()).isEqualTo(EventLimits.DEFAULT);
    assertThat(settings.throttle().limits()).isEqualTo(new Limits(5, 30));
    assertThat(settings.queue().backoff().after(1)).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.queue().backoff().after(9)).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.queue().expiry()).isEqualTo(Duration.ofMinutes(30));
    assertThat(settings.queue().expiredMemory()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.queue().lease()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.queue().resultRetention()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.queue().maxResults()).isEqualTo(100_000);
    assertThat(settings.grpc().defaultDelay()).isEqualTo(Duration.ofMinutes(3));
    assertThat(settings.grpc().immediateDelay()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.grpc().bookmarkInterval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aDomainsOwnLimitsReplaceTheGeneralOnesOneByOne() {
    Settings settings =
        settings(
            Map.of(
                "purgatory.throttle.max-concurrent", "4",
                "purgatory.throttle.domain.\"Git.Example.org\".max-per-minute", "120"));

    assertThat(settings.throttle().of(Domain.of("git.example.org"))).isEqualTo(new Limits(4, 120));
    assertThat(settings.throttle().of(Domain.of("example.org"))).isEqualTo(new Limits(4, 30));
  }

  @Test
  void ownDomainsAndTheLayoutAreTakenOver() {
    Settings settings =
        settings(
            Map.of(
                "purgatory.git.own-domains", "Relay.example, other.example",
                "purgatory.git.allow-http", "false",
                "purgatory.git.repository-layout", "{pubkey}/{identifier}.git"));

    assertThat(settings.engine().urlPolicy().ownDomains())
        .containsExactlyInAnyOrder(Domain.of("relay.example"), Domain.of("other.example"));
    assertThat(settings.engine().urlPolicy().allowHttp()).isFalse();
    assertThat(settings.git().layout()).isEqualTo(RepositoryLayout.PUBKEY);
  }

  @Test
  void capsAndOpenNetworksAreTakenOver() {
    Settings settings =
        settings(
            Map.of(
                "purgatory.git.allowed-networks", "10.0.0.0/8, fd00::/8",
                "purgatory.git.max-wire-bytes", "10M",
                "purgatory.git.max-object-bytes", "64K",
                "purgatory.git.max-objects", "1000"));

    assertThat(settings.git().allowedNetworks())
        .containsExactly(IpNetwork.parse("10.0.0.0/8"), IpNetwork.parse("fd00::/8"));
    assertThat(settings.git().caps()).isEqualTo(FetchCaps.of(10 << 20, 1000, 64 << 10));
  }

  @Test
  void aStepMayLastLongerThanItsFetch() {
    Settings settings = settings(Map.of("purgatory.git.total-timeout", "1h"));

    assertThat(settings.engine().stepLimit()).isGreaterThan(settings.git().totalTimeout());
  }

  @Test
  void fewDomainsCannotKeepAllRuns() {
    Settings settings =
        settings(
            Map.of(
                "purgatory.git.max-concurrent-fetches", "8",
                "purgatory.throttle.max-concurrent", "3"));

    assertThat(settings.engine().maxRuns()).isEqualTo(24);
  }

  private Settings settings(Map<String, String> properties) {
    return new Settings(Configs.withRoot(root, properties));
  }
}
