package org.purgatory.sync.testkit.hostile;

import static org.purgatory.sync.testkit.hostile.GitText.bytes;
import static org.purgatory.sync.testkit.hostile.GitText.joined;

import java.util.Arrays;

/** Git's packet lines. */
public final class PktLines {

  /** Ends a list of lines. */
  public static final byte[] FLUSH = bytes("0000");

  /** Ends a section. */
  public static final byte[] DELIMITER = bytes("0001");

  private static final int MOST = 65515;

  private PktLines() {}

  /** One line. */
  public static byte[] line(String text) {
    return line(bytes(text));
  }

  /** One line. */
  public static byte[] line(byte[] content) {
    return joined(bytes(String.format("%04x", content.length + 4)), content);
  }

  /** Bytes on a band of the side band, in as many lines as it takes. */
  public static byte[] band(int number, byte[] content) {
    byte[] all = {};
    for (int at = 0; at < content.length; at += MOST) {
      byte[] part = Arrays.copyOfRange(content, at, Math.min(content.length, at + MOST));
      all = joined(all, line(joined(new byte[] {(byte) number}, part)));
    }
    return all;
  }
}
