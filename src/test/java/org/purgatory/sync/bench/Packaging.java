package org.purgatory.sync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.purgatory.sync.testkit.SidecarBuilder;

/**
 * A way in which the sidecar is packaged, ready in {@code target}.
 *
 * @param name for the table
 * @param chosen lets a sidecar be started in this way
 */
record Packaging(String name, UnaryOperator<SidecarBuilder> chosen) {

  private static final Path TARGET = Path.of("target");
  private static final Path JAR = TARGET.resolve("quarkus-app/quarkus-run.jar");

  /**
   * All native executables, and the jar on the Java that runs this. Each has the same heap, and the
   * collector that native executables have.
   */
  static List<Packaging> inTarget(String heap) throws IOException {
    List<Packaging> all = new ArrayList<>();
    for (Path executable : executables()) {
      String name = "native " + executable.getFileName().toString().replaceAll(".*-runner", "");
      all.add(new Packaging(name.trim(), sidecar -> sidecar.executable(executable).heap(heap)));
    }
    if (Files.exists(JAR)) {
      String name = "JVM " + Runtime.version().feature();
      all.add(new Packaging(name, sidecar -> sidecar.java("-XX:+UseSerialGC").heap(heap)));
    }
    return all;
  }

  /** Whatever the build named so, and copies of it whose names go on. */
  static List<Path> executables() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(Files::isExecutable)
          .filter(file -> file.getFileName().toString().contains("-runner"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
