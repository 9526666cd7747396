package org.purgatory.sync.git;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a {@code .gitmodules} file is dangerous to clients that clone submodules: what C
 * git's fsck calls {@code gitmodulesName}, {@code gitmodulesUrl}, {@code gitmodulesPath} and {@code
 * gitmodulesUpdate}. It looks at each line by itself and does not parse the whole: git acts on what
 * comes before a broken line, and takes the first of two values where JGit takes the last.
 */
final class SubmodulesFile {

  /** More than a name or a value has that is not made to waste time. */
  private static final int MOST_CHARACTERS = 2048;

  private static final Pattern SECTION =
      Pattern.compile("\\[\\s*submodule\\s*[\".]", Pattern.CASE_INSENSITIVE);

  private static final Pattern KEY =
      Pattern.compile("(url|path|update)\\s*=", Pattern.CASE_INSENSITIVE);

  /** As git hands URLs to its helpers line by line. */
  private static final Pattern LINE_BREAK = Pattern.compile("%0a|\\\\n", Pattern.CASE_INSENSITIVE);

  private final String[] lines;

  private SubmodulesFile(String text) {
    this.lines = text.split("\\r?\\n", -1);
  }

  /**
   * Looks for something dangerous.
   *
   * @param text the file, a character for each byte
   * @return what is dangerous, in words of our own
   */
  static Optional<String> danger(String text) {
    SubmodulesFile file = new SubmodulesFile(text);
    for (int number = 0; number < file.lines.length; number++) {
      Optional<String> danger = file.dangerAt(number);
      if (danger.isPresent()) {
        return danger;
      }
    }
    return Optional.empty();
  }

  /** Any line may be the first of a value, as what comes before it may be a comment. */
  private Optional<String> dangerAt(int number) {
    String line = lines[number];
    int at = skipBlanks(line, 0);
    // The mark of UTF-8 is no part of the first section.
    if (number == 0 && line.startsWith("\u00ef\u00bb\u00bf")) {
      at = skipBlanks(line, 3);
    }
    while (at < line.length() && line.charAt(at) == '[') {
      Matcher section = SECTION.matcher(line).region(at, line.length());
      boolean named = section.lookingAt();
      StringBuilder name = new StringBuilder();
      at =
          readName(
              line,
              named ? section.end() : at,
              named && line.charAt(section.end() - 1) == '"',
              name);
      if (named && isDangerous(name.toString())) {
        return Optional.of("a dangerous name");
      }
      at = skipBlanks(line, at);
    }
    Matcher key = KEY.matcher(line).region(at, line.length());
    if (key.lookingAt()) {
      String name = key.group(1).toLowerCase(Locale.ROOT);
      if (isDangerous(name, value(number, key.end()))) {
        return Optional.of("a dangerous " + name);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a section's name, {@code [submodule "name"]} or the old {@code [submodule.name]}.
   *
   * @param quoted whether a quote was opened before the start
   * @return where the section's end is behind
   */
  private static int readName(String line, int start, boolean quoted, StringBuilder name) {
    boolean inQuotes = quoted;
    for (int i = start; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        inQuotes = !inQuotes;
      } else if (c == ']' && !inQuotes) {
        return i + 1;
      } else if (c == '\\' && inQuotes && i + 1 < line.length()) {
        name.append(line.charAt(++i));
      } else {
        name.append(c);
      }
    }
    return line.length();
  }

  /** Quotes may be anywhere in a value, and a backslash at its end continues it. */
  private String value(int number, int start) {
    StringBuilder value = new StringBuilder(lines[number].substring(start));
    for (int next = number + 1; next < lines.length && endsWithBackslash(value); next++) {
      value.setLength(value.length() - 1);
      value.append(lines[next]);
      if (value.length() > MOST_CHARACTERS) {
        break;
      }
    }
    return value.toString().replace("\"", "").strip();
  }

  private static boolean endsWithBackslash(StringBuilder text) {
    return text.length() > 0 && text.charAt(text.length() - 1) == '\\';
  }

  private static int skipBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  /** A name becomes a path below {@code .git/modules}, and an argument. */
  private static boolean isDangerous(String name) {
    if (name.isEmpty() || name.startsWith("-") || name.length() > MOST_CHARACTERS) {
      return true;
    }
    for (String part : name.split("[/\\\\]", -1)) {
      if (part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDangerous(String key, String value) {
    if (value.length() > MOST_CHARACTERS) {
      return true;
    }
    return switch (key) {
      case "update" -> value.startsWith("!");
      case "url" -> value.startsWith("-") || LINE_BREAK.matcher(value).find();
      default -> value.startsWith("-");
    };
  }
}
