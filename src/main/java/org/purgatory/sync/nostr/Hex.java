package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

/** Lower-case hexadecimal, the only form that NIP-01 and git use for ids. */
final class Hex {

  private Hex() {}

  /** Whether the text is lower-case hex digits only. True for the empty text. */
  static boolean isLowerHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** Answers the text itself if it is 64 lower-case hex digits, and refuses it otherwise. */
  static String require64(String what, String text) {
    if (text == null || text.length() != 64 || !isLowerHex(text)) {
      throw new InvalidValueException(
          what
              + " must be 64 lower-case hex digits, not "
              + (text == null ? "null" : quoted(text)));
    }
    return text;
  }
}
