package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.NodeClient;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.SignedEvent;

/**
 * The contract from another language: a relay in JavaScript, with a client generated from proto/.
 */
@EnabledIf("org.purgatory.sync.testkit.NodeClient#isAvailable")
class RelayInNodeIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir Path directory;

  @Test
  void enqueuesWatchesAndGetsTheIds() throws IOException {
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar)) {
      stage.host(ALICE, "r");
      String main = stage.remote("r").write().commits("main", 2);
      SignedEvent announcement = ALICE.announcement("r").cloneUrls(stage.url("r")).sign();
      SignedEvent state = ALICE.state("r").ref("refs/heads/main", main).sign();

      NodeClient.Result result =
          NodeClient.install()
              .sync(
                  stage.sidecar().grpcAddress(),
                  List.of(file("state.json", state)),
                  List.of(file("announcement.json", announcement)),
                  Duration.ofSeconds(30));

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.satisfied()).containsExactly(state.id().hex());
    }
  }

  @Test
  void consumerThatComesBackGetsOnlyWhatItHadNotAcknowledged() throws IOException {
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar)) {
      NodeClient client = NodeClient.install();
      SignedEvent first = emptyState(stage, "first");
      SignedEvent second = emptyState(stage, "second");
      SignedEvent third = emptyState(stage, "third");

      NodeClient.Result once = sync(client, stage, "relay", first, "first");
      NodeClient.Result again = sync(client, stage, "relay", second, "second");
      NodeClient.Result other = sync(client, stage, "other", third, "third");

      assertThat(once.satisfied()).as(once.output()).containsExactly(first.id().hex());
      assertThat(again.satisfied()).as(again.output()).containsExactly(second.id().hex());
      assertThat(again.others()).isEmpty();
      assertThat(other.satisfied()).as(other.output()).containsExactly(third.id().hex());
      assertThat(other.others()).containsExactly(first.id().hex(), second.id().hex());
    }
  }

  /** Nothing needs to be fetched for it. */
  private static SignedEvent emptyState(RelayStage stage, String repo) {
    stage.host(ALICE, repo);
    return ALICE.state(repo).sign();
  }

  private NodeClient.Result sync(
      NodeClient client, RelayStage stage, String consumer, SignedEvent state, String repo)
      throws IOException {
    return client.sync(
        consumer,
        stage.sidecar().grpcAddress(),
        List.of(file(repo + ".json", state)),
        List.of(file(repo + "-announcement.json", ALICE.announcement(repo).sign())),
        Duration.ofSeconds(30));
  }

  private Path file(String name, SignedEvent event) throws IOException {
    return Files.writeString(directory.resolve(name), event.json());
  }
}
