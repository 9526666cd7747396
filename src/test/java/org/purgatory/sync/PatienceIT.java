package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.Scrape.metrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
  private static final Duration WORD = Duration.ofSeconds(5);
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir Path directory;

  @Test
  void serverThatAskedForPatienceIsLeftAloneByAllAndAskedAgainThen() {
    try (RelayStage stage = RelayStage.in(directory, SidecarBuilder::impatient);
        ResultWatch watch = stage.relay().watch()) {
      String main = stage.remote("shared").write().commits("main", 1);
      stage.server().fail(429, WORD);
      AtomicReference<DomainStatus> blocked = new AtomicReference<>();
      List<SignedEvent> states = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        stage.host(ALICE, "r" + i);
        SignedEvent state = ALICE.state("r" + i).ref("refs/heads/main", main).sign();
        stage
            .relay()
            .enqueue(state, ALICE.announcement("r" + i).cloneUrls(stage.url("shared")).sign());
        states.add(state);
        if (i == 0) {
          Await.until(
              SOON,
              "word of the server",
              () -> {
                blocked.set(domain(stage.relay()));
                return blocked.get().hasBlockedUntil();
              });
          stage.server().answerNormally();
        }
      }
      assertThat(blocked.get().getBlockedReason()).isEqualTo("asked for patience (Retry-After)");
      assertThat(blocked.get().getBlockedUntil()).isEqualTo(blocked.get().getNextCapacity());

      states.forEach(state -> watch.awaitSatisfied(SOON, state));
      List<FetchStart> starts = stage.server().traffic().fetches();
      assertThat(starts).hasSizeGreaterThanOrEqualTo(5);
      assertThat(between(starts.get(0), starts.get(1))).isGreaterThanOrEqualTo(WORD);
      assertThat(reason(stage.relay())).isEmpty();
    }
  }

  @Test
  void closedPortIsNotTriedAgainAndAnotherServerOfItsHostGivesItsObjects() {
    try (RelayStage stage = RelayStage.in(directory, SidecarBuilder::impatient);
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
      RelayClient one = stage.relay(stage.replica("one", SidecarBuilder::impatient));
      SidecarProcess other = stage.replica("two", SidecarBuilder::impatient);
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
      assertThat(starts).hasSizeGreaterThanOrEqualTo(3);
      assertThat(between(starts.get(0), starts.get(1))).isGreaterThanOrEqualTo(WORD);
      assertThat(reason(one)).isEqualTo(closed.baseUrl() + " cannot be reached");
      assertThat(metrics(other))
          .doesNotContain("purgatory_sync_fetches_skipped_total{mp_scope=\"application\"} 0");
    }
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
