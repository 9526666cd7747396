package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RedisCluster;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.ListDomainsRequest;

/** A cluster refuses a script whose keys do not share a hash slot, so this shows the key layout. */
class RedisClusterIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir Path directory;

  @Test
  void sidecarWorksOnAClusterAndItsDomainsAreSpread() {
    try (RedisCluster cluster = RedisCluster.start();
        RelayStage stage =
            RelayStage.in(
                directory,
                sidecar ->
                    sidecar
                        .config("purgatory.store", "redis")
                        .config("quarkus.redis.hosts", cluster.hosts())
                        .config("quarkus.redis.client-type", "cluster"));
        ResultWatch watch = stage.relay().watch()) {
      String main = stage.remote("r").write().commits("main", 2);
      List<SignedEvent> states = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        stage.host(ALICE, "r" + i);
        SignedEvent state = ALICE.state("r" + i).ref("refs/heads/main", main).sign();
        // Servers that are not there, each with a domain and a hash slot of its own.
        SignedEvent announcement =
            ALICE
                .announcement("r" + i)
                .cloneUrls("http://127.0.1." + i + ":9/r.git", stage.url("r"))
                .sign();
        stage.relay().enqueue(state, announcement);
        states.add(state);
      }
      states.forEach(state -> watch.awaitSatisfied(SOON, state));
      assertThat(watch.satisfied()).hasSize(6).doesNotHaveDuplicates();
      assertThat(stage.relay().calls().listDomains(page(4)).getDomainsCount()).isEqualTo(4);
      assertThat(stage.relay().calls().listDomains(page(10)).getDomainsList())
          .filteredOn(domain -> domain.getBlockedReason().endsWith(":9 cannot be reached"))
          .hasSize(6);
      assertThat(cluster.sizes()).as("keys of each node").doesNotContain(0L);
    }
  }

  private static ListDomainsRequest page(int size) {
    return ListDomainsRequest.newBuilder().setPageSize(size).build();
  }
}
