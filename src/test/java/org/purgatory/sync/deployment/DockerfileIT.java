package org.purgatory.sync.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import org.junit.jupiter.api.Test;

/** What an image takes is what the build makes. */
class DockerfileIT {

  private static final Path TARGET = Path.of("target");

  /** Where the native executable is, if that is what was built. */
  private static final String EXECUTABLE = System.getProperty("purgatory.test.executable");

  @Test
  void theImageTakesTheProgramAndNothingElse() throws IOException {
    if (EXECUTABLE == null) {
      takesAllOfTheJarsFolderButTheListForReaders();
    } else {
      takesTheExecutable();
    }
  }

  private static void takesAllOfTheJarsFolderButTheListForReaders() throws IOException {
    Dockerfile image = Dockerfile.read("Dockerfile.jvm");
    try (var made = Files.list(TARGET.resolve("quarkus-app"))) {
      assertThat(made.filter(path -> !path.endsWith("quarkus-app-dependencies.txt")))
          .containsExactlyInAnyOrderElementsOf(image.copied().stream().map(Path::of).toList());
    }
  }

  private static void takesTheExecutable() throws IOException {
    String pattern = Dockerfile.read("Dockerfile.native").copied().get(0);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (var made = Files.list(TARGET)) {
      assertThat(made.filter(matcher::matches))
          .singleElement()
          .isEqualTo(TARGET.resolve(Path.of(EXECUTABLE).getFileName()));
    }
  }
}
