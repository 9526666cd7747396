package org.purgatory.sync;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.Hold;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;

class StalledServersIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final int STALLED = 20;

  /** As many as one server may be asked for at once. */
  private static final int IDENTIFIERS = 5;

  /** One with each server, and further ones in a quarter of the 32 that may run at once. */
  private static final int FETCHES = STALLED + 8;

  /** Much shorter than the half minute for which a server may send nothing. */
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path directory;

  @Test
  void twentyServersThatStallWithFiveFetchesEachDoNotDelayAGoodOne() {
    List<GitHttpServer> servers = new ArrayList<>();
    List<Hold> holds = new ArrayList<>();
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar)) {
      String main = stage.remote("good").write().commits("main", 1);
      List<SignedEvent> states = new ArrayList<>();
      List<SignedEvent> announcements = new ArrayList<>();
      for (int i = 0; i < STALLED; i++) {
        GitHttpServer server = GitHttpServer.serving(stage.served(), "127.0.1." + (i + 1));
        servers.add(server);
        holds.add(server.stall());
        for (int j = 0; j < IDENTIFIERS; j++) {
          String identifier = "stalled" + i + "-" + j;
          stage.host(ALICE, identifier);
          states.add(state(identifier, main));
          announcements.add(announcement(identifier, server.url("good.git")));
        }
      }
      stage.host(ALICE, "good");
      SignedEvent good = state("good", main);
      SignedEvent goodAnnouncement = announcement("good", stage.url("good"));

      // In one go, or the first ones would time out while the last ones come.
      stage.relay().enqueue(0, states, announcements);
      holds.forEach(hold -> hold.awaitArrival(SOON));
      Await.until(SOON, FETCHES + " fetches at once", () -> inFlight(servers) >= FETCHES);
      try (ResultWatch watch = stage.relay().watch()) {
        stage.relay().enqueue(good, goodAnnouncement);
        watch.awaitSatisfied(SOON, good);
      }
    } finally {
      holds.forEach(Hold::release);
      servers.forEach(GitHttpServer::close);
    }
  }

  private static int inFlight(List<GitHttpServer> servers) {
    return servers.stream().mapToInt(server -> server.traffic().inFlight()).sum();
  }

  private static SignedEvent state(String identifier, String tip) {
    return ALICE.state(identifier).ref("refs/heads/main", tip).sign();
  }

  private static SignedEvent announcement(String identifier, String url) {
    return ALICE.announcement(identifier).cloneUrls(url).sign();
  }
}
