package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/behaviour.md} names tests. */
class BehaviourPageTest {

  private static final Path PAGE = Path.of("docs/behaviour.md");
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))\\.(\\w+)`");
  private static final Pattern METHOD =
      Pattern.compile("^  (?:public |default )?void (\\w+)\\(", Pattern.MULTILINE);

  @Test
  void everyTestThatItNamesIsThere() throws IOException {
    Set<String> there = tests();
    assertThat(named()).hasSizeGreaterThan(80).allMatch(there::contains);
  }

  @Test
  void everyRuleHasATest() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| ") && !line.matches("\\| (rule|trap) .*"))
            .toList();
    assertThat(rows).isNotEmpty().allMatch(row -> NAMED.matcher(row).find());
  }

  private static List<String> named() throws IOException {
    return NAMED
        .matcher(Files.readString(PAGE))
        .results()
        .map(found -> found.group(1) + "." + found.group(2))
        .toList();
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> testsOf(file).stream())
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> testsOf(Path file) {
    String name = file.getFileName().toString().replace(".java", "");
    Set<String> tests = new HashSet<>();
    try {
      Matcher methods = METHOD.matcher(Files.readString(file));
      while (methods.find()) {
        tests.add(name + "." + methods.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tests;
  }
}
