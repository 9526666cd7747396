package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

/**
 * The address of a repository announcement, as {@code a} tags hold it (NIP-01, NIP-34): it names
 * one owner's repository.
 *
 * @param owner the announcement's author, never null
 * @param identifier the announcement's {@code d} tag, never null
 */
public record Coordinate(PublicKey owner, RepositoryIdentifier identifier) {

  private static final String KIND = "30617";

  /**
   * Reads the value of an {@code a} tag. The identifier may hold colons itself.
   *
   * @param text {@code 30617:<owner>:<identifier>}
   * @return the coordinate
   * @throws InvalidValueException if the text is anything else
   */
  public static Coordinate parse(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length != 3 || !parts[0].equals(KIND)) {
      throw new InvalidValueException(
          "a repository address must be 30617:<owner>:<identifier>, not " + quoted(text));
    }
    return new Coordinate(new PublicKey(parts[1]), new RepositoryIdentifier(parts[2]));
  }

  @Override
  public String toString() {
    return KIND + ':' + owner + ':' + identifier;
  }
}
