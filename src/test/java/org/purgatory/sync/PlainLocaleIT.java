package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SidecarProcess;
import org.purgatory.sync.testkit.SignedEvent;

/** Containers often have no locale, and repositories have any Unicode name. */
class PlainLocaleIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String REPO = "mon dépôt 🚀";

  @TempDir Path directory;

  @Test
  void anExecutableFindsEveryNameAndAJvmSaysThatItCannot() {
    try (RelayStage stage =
        RelayStage.in(directory, sidecar -> sidecar.environment("LC_ALL", "POSIX"))) {
      if (!SidecarProcess.isNative()) {
        assertThat(stage.sidecar().log()).contains("set LC_ALL=C.UTF-8");
        return;
      }
      BareRepository hosted = stage.host(ALICE, REPO);
      String tip = stage.remote("remote").write().commits("größe", 1);
      SignedEvent announcement = ALICE.announcement(REPO).cloneUrls(stage.url("remote")).sign();
      SignedEvent state = ALICE.state(REPO).ref("refs/heads/größe", tip).sign();

      ResultWatch watch = stage.relay().watch();
      stage.relay().enqueue(state, announcement);

      watch.awaitSatisfied(SOON, state);
      assertThat(hosted.refs()).containsEntry("refs/heads/größe", tip);
      assertThat(stage.sidecar().log()).doesNotContain("LC_ALL");
    }
  }
}
