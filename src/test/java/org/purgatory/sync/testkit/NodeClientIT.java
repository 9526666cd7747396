package org.purgatory.sync.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("org.purgatory.sync.testkit.NodeClient#isAvailable")
class NodeClientIT {

  /** Nobody listens on port 1. */
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir Path directory;

  @Test
  void failsCleanlyWhenNobodyAnswers() throws IOException {
    Path event = Files.writeString(directory.resolve("event.json"), "{\"id\": \"ab\"}");

    NodeClient.Result result =
        NodeClient.install().sync(NOBODY, List.of(event), List.of(), Duration.ofSeconds(5));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).contains("UNAVAILABLE");
    assertThat(result.satisfied()).isEmpty();
  }
}
