package org.purgatory.sync.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A seed is worth something only if it always makes the same things happen. */
class DeterminismTest {

  private static SilencedLog log;

  @BeforeAll
  static void silenceTheEngine() {
    log = new SilencedLog();
  }

  @AfterAll
  static void letTheEngineSpeak() {
    log.close();
  }

  @Test
  void sameSeedMakesTheSameHappenAgain() {
    LongStream.rangeClosed(1, 40)
        .forEach(seed -> assertThat(Replay.of(seed)).isEqualTo(Replay.of(seed)));
  }

  /** Each process shuffles the iteration of some of Java's sets and maps in its own way. */
  @Test
  void sameSeedMakesTheSameHappenInAnotherProcess() throws IOException {
    List<Long> seeds = LongStream.rangeClosed(1, 60).boxed().toList();
    String expected = String.join("\n", seeds.stream().map(Replay::of).toList()) + "\n";
    assertThat(inAnotherProcess(seeds)).isEqualTo(expected);
  }

  private static String inAnotherProcess(List<Long> seeds) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Replay.class.getName()));
    seeds.forEach(seed -> command.add(seed.toString()));
    java.lang.Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
