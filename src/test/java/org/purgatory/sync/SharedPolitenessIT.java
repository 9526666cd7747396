package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.FetchStart;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.ReplicaStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.testkit.Traffic;

/**
 * The limits towards a domain, kept by replicas of two groups together, as the server sees them.
 */
class SharedPolitenessIT {

  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final List<String> GROUP_OF_REPLICA = List.of("one", "one", "two");
  private static final int IDENTIFIERS_EACH = 20;

  @TempDir Path directory;

  @Test
  void threeReplicasOfTwoGroupsAreTogetherAsPoliteAsOne() {
    try (ReplicaStage stage = ReplicaStage.in(directory)) {
      String main = stage.remote("shared").write().commits("main", 1);
      stage.server().slow(Duration.ofMillis(300));
      List<RelayClient> relays =
          GROUP_OF_REPLICA.stream()
              .map(group -> stage.relay(stage.replica(group, sidecar -> sidecar)))
              .toList();
      List<ResultWatch> watches = relays.stream().map(RelayClient::watch).toList();
      List<List<SignedEvent>> states = new ArrayList<>();

      for (int replica = 0; replica < relays.size(); replica++) {
        List<SignedEvent> pending = new ArrayList<>();
        List<SignedEvent> known = new ArrayList<>();
        for (int i = 0; i < IDENTIFIERS_EACH; i++) {
          String identifier = "r" + replica + "-" + i;
          stage.host(GROUP_OF_REPLICA.get(replica), ALICE, identifier);
          pending.add(ALICE.state(identifier).ref("refs/heads/main", main).sign());
          known.add(ALICE.announcement(identifier).cloneUrls(stage.url("shared")).sign());
        }
        states.add(pending);
        relays.get(replica).enqueue(0, pending, known);
      }

      for (int replica = 0; replica < relays.size(); replica++) {
        ResultWatch watch = watches.get(replica);
        states.get(replica).forEach(s -> watch.awaitSatisfied(MINUTE.multipliedBy(2), s));
      }
      // Both replicas of a group show all that either of them did, and nobody else's.
      assertThat(watches.get(0).satisfied()).hasSize(2 * IDENTIFIERS_EACH).doesNotHaveDuplicates();
      assertThat(watches.get(1).satisfied()).isEqualTo(watches.get(0).satisfied());
      assertThat(watches.get(2).satisfied()).hasSize(IDENTIFIERS_EACH).doesNotHaveDuplicates();

      Traffic traffic = stage.server().traffic();
      List<FetchStart> starts = traffic.fetches();
      assertThat(starts).hasSize(3 * IDENTIFIERS_EACH);
      assertThat(traffic.mostInFlight()).isEqualTo(5);
      assertThat(traffic.mostStartsInAny(MINUTE)).isEqualTo(30);
      assertThat(between(starts, 0, 29)).as("no slot is wasted").isLessThan(Duration.ofSeconds(20));
      assertThat(between(starts, 0, 30)).isBetween(MINUTE, MINUTE.plusSeconds(2));
    }
  }

  private static Duration between(List<FetchStart> starts, int one, int other) {
    return Duration.ofNanos(starts.get(other).nanoTime() - starts.get(one).nanoTime());
  }
}
