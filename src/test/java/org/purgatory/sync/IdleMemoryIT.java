package org.purgatory.sync;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.ProcessMemory;
import org.purgatory.sync.testkit.SidecarProcess;

/** What a sidecar takes beside a relay that has nothing for it to do. */
class IdleMemoryIT {

  /** What a quick build ({@code -Ob}) takes, which is some megabytes more than a released one. */
  private static final long MOST_NATIVELY = 72L << 20;

  private static final long MOST_ON_THE_JVM = 400L << 20;

  @TempDir Path directory;

  @Test
  void whatAStartNeededIsGivenBack() {
    long most = SidecarProcess.isNative() ? MOST_NATIVELY : MOST_ON_THE_JVM;
    try (SidecarProcess sidecar =
        SidecarProcess.builder().config("purgatory.git.root", directory).start()) {
      Await.until(
          Duration.ofSeconds(30),
          "no more than " + most + " bytes resident",
          () -> ProcessMemory.resident(sidecar.pid()) <= most);
    }
  }
}
