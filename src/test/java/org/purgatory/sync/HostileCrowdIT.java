package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.testkit.hostile.Fault;
import org.purgatory.sync.testkit.hostile.HostileGitServer;
import org.purgatory.sync.testkit.hostile.SmallHistory;
import org.purgatory.sync.v1.SyncResult;

/** One good server among many that are not. */
class HostileCrowdIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir Path directory;

  @Test
  void anEventIsSatisfiedFromTheOneGoodServerAmongManyHostileOnes() throws Exception {
    List<HostileGitServer> crowd = new ArrayList<>();
    try (RelayStage stage =
            RelayStage.in(
                directory,
                sidecar ->
                    sidecar
                        .config("purgatory.git.connect-timeout", "1s")
                        .config("purgatory.git.stall-timeout", "1s")
                        .config("purgatory.git.total-timeout", "3s"));
        GitHttpServer good = GitHttpServer.serving(stage.served(), "127.0.0.99");
        ResultWatch watch = stage.relay().watch()) {
      BareRepository hosted = stage.host(ALICE, "project");
      String tip = stage.remote("project").write().commits("main", 3);
      List<String> urls = new ArrayList<>();
      for (Fault fault : Fault.values()) {
        String host = "127.0.1." + (1 + fault.ordinal());
        crowd.add(HostileGitServer.playing(host, fault, SmallHistory.named("x").pack()));
        urls.add(crowd.get(crowd.size() - 1).url());
      }
      urls.add(good.url("project.git"));
      SignedEvent state = ALICE.state("project").ref("refs/heads/main", tip).sign();

      stage
          .relay()
          .enqueue(
              state, ALICE.announcement("project").cloneUrls(urls.toArray(String[]::new)).sign());

      SyncResult result = watch.awaitSatisfied(Duration.ofMinutes(3), state);
      assertThat(result.getSourceUrlsList()).containsExactly(good.url("project.git"));
      assertThat(hosted.refs()).containsEntry("refs/heads/main", tip);
      assertThat(hosted.fsck().ok()).isTrue();
      assertThat(stage.sidecar().log().lines())
          .allMatch(line -> line.matches("[\\P{Cntrl}\t]*"), "holds no control characters")
          .noneMatch(line -> line.startsWith("2026 INFO all is well"));
    } finally {
      crowd.forEach(HostileGitServer::close);
    }
  }
}
