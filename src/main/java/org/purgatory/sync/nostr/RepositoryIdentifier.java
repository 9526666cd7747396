package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A repository's identifier, NIP-34's {@code d} tag: any text that is also a safe file name. It may
 * hold spaces, colons and any Unicode.
 *
 * @param value the identifier, never null
 */
public record RepositoryIdentifier(String value) implements Comparable<RepositoryIdentifier> {

  /** The longest file name of the usual file systems, in bytes. */
  private static final int MOST_BYTES = 255;

  private static final String SUFFIX = ".git";

  /**
   * Checks that the identifier plus {@code .git} is one file name and cannot leave its directory.
   */
  public RepositoryIdentifier {
    if (value == null || value.isEmpty() || value.equals(".") || value.equals("..")) {
      throw new InvalidValueException("a repository identifier must not be empty, \".\" or \"..\"");
    }
    if (value.codePoints().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
      throw new InvalidValueException(
          "a repository identifier must not hold a slash, backslash or control character: "
              + quoted(value));
    }
    if (fileNameBytes(value) > MOST_BYTES) {
      throw new InvalidValueException(
          "a repository identifier must be at most "
              + (MOST_BYTES - SUFFIX.length())
              + " bytes of UTF-8: "
              + quoted(value));
    }
  }

  private static int fileNameBytes(String value) {
    try {
      ByteBuffer bytes =
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value + SUFFIX));
      return bytes.remaining();
    } catch (CharacterCodingException e) {
      throw new InvalidValueException(
          "a repository identifier must be valid Unicode: " + quoted(value));
    }
  }

  @Override
  public int compareTo(RepositoryIdentifier other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
