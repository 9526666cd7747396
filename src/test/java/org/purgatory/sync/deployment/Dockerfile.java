package org.purgatory.sync.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Dockerfile of ours, as a list of instructions. */
record Dockerfile(String name, List<Instruction> instructions) {

  private static final Pattern PAIR = Pattern.compile("([\\w.]+)=(\"[^\"]*\"|\\S*)");

  /**
   * A step.
   *
   * @param keyword such as {@code COPY}
   * @param rest all that follows, on one line
   */
  record Instruction(String keyword, String rest) {

    /** What is between spaces, without options. */
    List<String> words() {
      return Arrays.stream(rest.split("\\s+")).filter(word -> !word.startsWith("--")).toList();
    }

    boolean isJsonArray() {
      return rest.startsWith("[\"") && rest.endsWith("\"]");
    }
  }

  static Dockerfile read(String name) throws IOException {
    String text = Files.readString(Path.of("src/main/docker", name));
    String lines = text.replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", " ");
    return new Dockerfile(
        name, lines.lines().filter(line -> !line.isBlank()).map(Dockerfile::instruction).toList());
  }

  List<Instruction> all(String keyword) {
    return instructions.stream().filter(step -> step.keyword().equals(keyword)).toList();
  }

  /** The last one counts, as Docker has it. */
  Instruction last(String keyword) {
    List<Instruction> all = all(keyword);
    return all.get(all.size() - 1);
  }

  /** What {@code ENV} or {@code LABEL} set. */
  Map<String, String> pairs(String keyword) {
    Map<String, String> pairs = new TreeMap<>();
    for (Instruction step : all(keyword)) {
      Matcher matcher = PAIR.matcher(step.rest());
      while (matcher.find()) {
        pairs.put(matcher.group(1), matcher.group(2).replace("\"", ""));
      }
    }
    return pairs;
  }

  /** What is copied out of the build's directory. */
  List<String> copied() {
    return all("COPY").stream()
        .map(Instruction::words)
        .flatMap(words -> words.subList(0, words.size() - 1).stream())
        .toList();
  }

  private static Instruction instruction(String line) {
    String[] parts = line.split("\\s+", 2);
    return new Instruction(parts[0], parts.length == 1 ? "" : parts[1].strip());
  }

  @Override
  public String toString() {
    return name;
  }
}
