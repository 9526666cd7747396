package org.purgatory.sync.nostr;

import java.nio.charset.StandardCharsets;

/** UTF-8, the only encoding of events, ref names and file names. */
final class Utf8 {

  private Utf8() {}

  /**
   * Whether the text has a UTF-8 form. A lone surrogate has none; Java would write a question mark
   * in its place, so that two texts could become one.
   */
  static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  /** The length of a well-formed text in bytes. */
  static int length(String text) {
    return bytes(text).length;
  }

  /** The bytes of a well-formed text. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
