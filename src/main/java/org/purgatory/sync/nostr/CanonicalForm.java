package org.purgatory.sync.nostr;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The one serialisation of an event that its id is the hash of (NIP-01): {@code
 * [0,<pubkey>,<created_at>,<kind>,<tags>,<content>]} without white space, in UTF-8, with seven
 * escapes and every other character verbatim, control characters too.
 */
final class CanonicalForm {

  private CanonicalForm() {}

  /** The id that an event with these fields must have. */
  static EventId idOf(NostrEvent event) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return new EventId(HexFormat.of().formatHex(sha256.digest(Utf8.bytes(of(event)))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The serialisation as text. */
  static String of(NostrEvent event) {
    StringBuilder out = new StringBuilder("[0,\"").append(event.author()).append("\",");
    out.append(event.createdAt()).append(',').append(event.kind()).append(",[");
    String separator = "";
    for (List<String> tag : event.tags()) {
      out.append(separator);
      appendTag(out, tag);
      separator = ",";
    }
    appendText(out.append("],"), event.content());
    return out.append(']').toString();
  }

  private static void appendTag(StringBuilder out, List<String> tag) {
    out.append('[');
    String separator = "";
    for (String value : tag) {
      appendText(out.append(separator), value);
      separator = ",";
    }
    out.append(']');
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      appendCharacter(out, text.charAt(i));
    }
    out.append('"');
  }

  private static void appendCharacter(StringBuilder out, char c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> out.append(c);
    }
  }
}
