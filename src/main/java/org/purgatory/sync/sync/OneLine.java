package org.purgatory.sync.sync;

/** Keeps text for a person to one line of bounded length, wherever it came from. */
final class OneLine {

  private OneLine() {}

  /**
   * Replaces control characters by spaces, and cuts what is too long.
   *
   * @param text the text
   * @param longest how many characters it may have
   * @return the line
   */
  static String of(String text, int longest) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(longest + 1L)
        .map(c -> isPrintable(c) ? c : ' ')
        .forEach(line::appendCodePoint);
    if (line.codePointCount(0, line.length()) > longest) {
      line.setLength(line.offsetByCodePoints(0, longest - 1));
      line.append('…');
    }
    return line.toString();
  }

  private static boolean isPrintable(int c) {
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }
}
