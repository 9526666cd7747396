package org.purgatory.sync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SidecarProcessIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path gitRoot;

  @Test
  void severalRunAtOnceAndEndAsTold() {
    try (SidecarProcess one = sidecar().start();
        SidecarProcess other = sidecar().start()) {
      assertThat(one.grpcPort()).isNotEqualTo(other.grpcPort());
      assertThat(one.isReady()).isTrue();

      one.kill();
      assertThat(one.isAlive()).isFalse();
      assertThat(one.isReady()).isFalse();
      assertThat(other.isReady()).isTrue();

      int terminated = other.stop(PATIENCE);
      assertThat(terminated).isIn(0, 143);
      assertThat(other.log()).contains("started in", "stopped in");
    }
  }

  @Test
  void aStartThatFailsTellsWhy() {
    SidecarBuilder misconfigured = sidecar().config("quarkus.http.port", "none");

    assertThatThrownBy(misconfigured::start)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the sidecar has ended")
        .hasMessageContaining("quarkus.http.port");
  }

  private SidecarBuilder sidecar() {
    return SidecarProcess.builder().config("purgatory.git.root", gitRoot);
  }
}
