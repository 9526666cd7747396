package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

/**
 * A repository's identifier, NIP-34's {@code d} tag: any text that is also a safe file name. It may
 * hold spaces, colons and any Unicode.
 *
 * @param value the identifier, never null
 */
public record RepositoryIdentifier(String value) implements Comparable<RepositoryIdentifier> {

  /** The usual file systems' longest name of 255 bytes, less the {@code .git} of the repository. */
  private static final int MOST_BYTES = 255 - ".git".length();

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
    if (!Utf8.isWellFormed(value)) {
      throw new InvalidValueException(
          "a repository identifier must be valid Unicode, without lone surrogates: "
              + quoted(value));
    }
    if (Utf8.length(value) > MOST_BYTES) {
      throw new InvalidValueException(
          "a repository identifier must be at most "
              + MOST_BYTES
              + " bytes of UTF-8: "
              + quoted(value));
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
