package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.Scrape.metrics;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.FetchStart;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ReplicaStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SidecarBuilder;
import org.purgatory.sync.testkit.SidecarProcess;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.DomainStatus;
import org.purgatory.sync.v1.ListDomainsRequest;

/** Servers that ask for patience, or that cannot be reached, as they and the relay see it. */
class PatienceIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration WORD = Duration.ofSeconds(2);
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir Path directory;

  @Test
  void serverThatAskedForPatienceIsLeftAloneByAllAndAskedAgainThen() {
    try (RelayStage stage = RelayStage.in(directory, PatienceIT::impatient);
        ResultWatch watch = stage.relay().watch()) {
      String main = stage.remote("shared").write().commits("main", 1);
      stage.server().fail(429, WORD);
      List<SignedEvent> states = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        stage.host(ALICE, "r" + i);
        SignedEvent state = ALICE.state("r" + i).ref("refs/heads/main", main).sign();
        stage
            .relay()
            .enqueue(state, ALICE.announcement("r" + i).cloneUrls(stage.url("shared")).sign());
        states.add(state);
        if (i == 0) {
          Await.until(SOON, "block", () -> !reason(stage.relay()).isEmpty());
          stage.server().answerNormally();
        }
      }
      assertThat(reason(stage.relay())).isEqualTo("asked for patience (Retry-After)");
      DomainStatus blocked = domain(stage.relay());
      assertThat(blocked.getBlockedUntil()).isEqualTo(blocked.getNextCapacity());
      assertThat(Instant.ofEpochSecond(blocked.getBlockedUntil().getSeconds()))
          .isBetween(Instant.now().minusSeconds(1), Instant.now().plusSeconds(2));

      states.forEach(state -> watch.awaitSatisfied(SOON, state));
      List<FetchStart> starts = stage.server().traffic().fetches();
      assertThat(starts).hasSize(5);
      assertThat(between(starts.get(0), starts.get(1))).isBetween(WORD, WORD.plusSeconds(2));
      assertThat(reason(stage.relay())).isEmpty();
    }
  }

  @Test
  void closedPortIsNotTriedAgainAndAnotherServerOfItsHostGivesItsObjects() {
    try (RelayStage stage = RelayStage.in(directory, PatienceIT::impatient);
        GitHttpServer closed = GitHttpServer.serving(stage.served());
        ResultWatch watch = stage.relay().watch()) {
      String main = stage.remote("shared").write().commits("main", 1);
      closed.down();
      for (int i = 0; i < 3; i++) {
        stage.host(ALICE, "r" + i);
        SignedEvent state = ALICE.state("r" + i).ref("refs/heads/main", main).sign();
        SignedEvent announced =
            ALICE
                .announcement("r" + i)
                .cloneUrls(closed.url("shared.git"), stage.url("shared"))
                .sign();
        stage.relay().enqueue(state, announced);
        watch.awaitSatisfied(SOON, state);
      }
      assertThat(reason(stage.relay())).isEqualTo(closed.baseUrl() + " cannot be reached");
      assertThat(domain(stage.relay()).getRequestsInWindow()).isEqualTo(4);
      assertThat(domain(stage.relay()).hasNextCapacity()).isFalse();
      assertThat(metrics(stage.sidecar()))
          .contains("purgatory_sync_fetches_skipped_total{mp_scope=\"application\"} 2")
          .contains("{domain=\"127.0.0.1\",mp_scope=\"application\",outcome=\"unreachable\"} 1");
    }
  }

  @Test
  void replicasOfAllGroupsKnowWhatOneOfThemWasTold() {
    try (ReplicaStage stage = ReplicaStage.in(directory);
        GitHttpServer closed = GitHttpServer.serving(directory)) {
      closed.down();
      String main = stage.remote("shared").write().commits("main", 1);
      RelayClient one = stage.relay(stage.replica("one", PatienceIT::impatient));
      SidecarProcess other = stage.replica("two", PatienceIT::impatient);
      RelayClient two = stage.relay(other);
      stage.host("one", ALICE, "first");
      stage.host("two", ALICE, "second");
      SignedEvent first = ALICE.state("first").ref("refs/heads/main", main).sign();
      SignedEvent second = ALICE.state("second").ref("refs/heads/main", main).sign();
      String[] urls = {closed.url("shared.git"), stage.url("shared")};

      stage.server().fail(503, WORD);
      one.enqueue(first, ALICE.announcement("first").cloneUrls(urls).sign());
      String both = "asked for patience (Retry-After); " + closed.baseUrl() + " cannot be reached";
      Await.until(SOON, "word of the server", () -> reason(two).equals(both));
      stage.server().answerNormally();
      try (ResultWatch watch = two.watch();
          ResultWatch others = one.watch()) {
        two.enqueue(second, ALICE.announcement("second").cloneUrls(urls).sign());
        watch.awaitSatisfied(SOON, second);
        others.awaitSatisfied(SOON, first);
      }

      List<FetchStart> starts = stage.server().traffic().fetches();
      assertThat(starts).hasSize(3);
      assertThat(between(starts.get(0), starts.get(1))).isBetween(WORD, WORD.plusSeconds(2));
      assertThat(reason(one)).isEqualTo(closed.baseUrl() + " cannot be reached");
      assertThat(metrics(other))
          .contains("purgatory_sync_fetches_skipped_total{mp_scope=\"application\"} 1");
    }
  }

  private static SidecarBuilder impatient(SidecarBuilder sidecar) {
    return sidecar
        .config("purgatory.sync.backoff-base", "300ms")
        .config("purgatory.sync.backoff-max", "1s");
  }

  private static String reason(RelayClient relay) {
    return domain(relay).getBlockedReason();
  }

  /** The host that all servers share. */
  private static DomainStatus domain(RelayClient relay) {
    return relay
        .calls()
        .listDomains(ListDomainsRequest.getDefaultInstance())
        .getDomainsList()
        .stream()
        .filter(status -> status.getDomain().equals("127.0.0.1"))
        .findFirst()
        .orElse(DomainStatus.getDefaultInstance());
  }

  private static Duration between(FetchStart one, FetchStart other) {
    return Duration.ofNanos(other.nanoTime() - one.nanoTime());
  }
}
