package org.purgatory.sync.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the image for the JVM takes is what the build makes: all of it but a list for readers. */
class DockerfileIT {

  private static final Path MADE = Path.of("target/quarkus-app");

  @Test
  void theJvmsImageTakesAllThatIsMade() throws IOException {
    Dockerfile image = Dockerfile.read("Dockerfile.jvm");

    assertThat(image.copied()).allSatisfy(source -> assertThat(Path.of(source)).exists());
    try (var made = Files.list(MADE)) {
      assertThat(made.filter(path -> !path.endsWith("quarkus-app-dependencies.txt")))
          .containsExactlyInAnyOrderElementsOf(image.copied().stream().map(Path::of).toList());
    }
  }
}
