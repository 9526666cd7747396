package org.purgatory.sync.nostr;

/** Foreign text made fit for a message or a log line: short, on one line, and in quotes. */
public final class Quoted {

  private static final int MOST_CHARACTERS = 80;

  private Quoted() {}

  /**
   * Quotes a text. Control and format characters, which could forge log lines or reorder text on a
   * terminal, become {@code \\u} escapes; what is longer than 80 characters is cut.
   *
   * @param text any text
   * @return the text in double quotes
   */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().limit(MOST_CHARACTERS).forEach(c -> append(out, c));
    if (text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
      out.append('…');
    }
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(String.format("\\u%04x", codePoint));
      default -> out.appendCodePoint(codePoint);
    }
  }
}
