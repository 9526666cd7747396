package org.purgatory.sync.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Objects in the form that git hashes. */
public final class GitText {

  private static final String PERSON = "A U Thor <author@example.org> 1700000000 +0000\n";

  private GitText() {}

  /** Text as bytes. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A commit. */
  public static byte[] commit(String tree, String... parents) {
    StringBuilder text = new StringBuilder("tree " + tree + "\n");
    for (String parent : parents) {
      text.append("parent ").append(parent).append('\n');
    }
    return bytes(text + "author " + PERSON + "committer " + PERSON + "\nA commit\n");
  }

  /** An annotated tag. */
  public static byte[] tag(String object, String type) {
    return bytes(
        "object " + object + "\ntype " + type + "\ntag v1\ntagger " + PERSON + "\nA tag\n");
  }

  /** A tree's entry. Entries one after the other are a tree. */
  public static byte[] entry(String mode, String name, String id) {
    return joined(bytes(mode + " " + name + "\0"), HexFormat.of().parseHex(id));
  }

  /** One after the other. */
  public static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
