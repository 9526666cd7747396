package org.purgatory.sync;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.Hold;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;

class StalledServersIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final int STALLED = 20;

  /** Much shorter than the half minute for which a server may send nothing. */
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path directory;

  @Test
  void twentyServersThatStallDoNotDelayAGoodOne() {
    List<GitHttpServer> servers = new ArrayList<>();
    List<Hold> holds = new ArrayList<>();
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar)) {
      String main = stage.remote("good").write().commits("main", 1);
      for (int i = 0; i < STALLED; i++) {
        GitHttpServer server = GitHttpServer.serving(stage.served(), "127.0.1." + (i + 1));
        servers.add(server);
        Hold hold = server.stall();
        holds.add(hold);
        enqueue(stage, "stalled" + i, server.url("good.git"), main);
      }
      holds.forEach(hold -> hold.awaitArrival(SOON));

      try (ResultWatch watch = stage.relay().watch()) {
        SignedEvent state = enqueue(stage, "good", stage.url("good"), main);
        watch.awaitSatisfied(SOON, state);
      }
    } finally {
      holds.forEach(Hold::release);
      servers.forEach(GitHttpServer::close);
    }
  }

  private static SignedEvent enqueue(RelayStage stage, String repo, String url, String tip) {
    stage.host(ALICE, repo);
    SignedEvent state = ALICE.state(repo).ref("refs/heads/main", tip).sign();
    stage.relay().enqueue(state, ALICE.announcement(repo).cloneUrls(url).sign());
    return state;
  }
}
