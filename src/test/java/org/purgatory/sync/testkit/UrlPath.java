package org.purgatory.sync.testkit;

import java.nio.charset.StandardCharsets;

/** Paths as they stand in URLs. */
final class UrlPath {

  private static final String UNCHANGED = "-._~/";

  private UrlPath() {}

  /** Percent-encodes all but slashes and RFC 3986's unreserved characters. */
  static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNCHANGED.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
