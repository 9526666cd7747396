package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

/**
 * The name of a git object: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits, never a revision
 * expression, an abbreviation or an option. The all-zero name, which stands for "no object" in
 * git's protocols and would delete a ref, is refused.
 *
 * @param hex the name, never null
 */
public record Oid(String hex) implements Comparable<Oid> {

  /** Checks the name. */
  public Oid {
    boolean sized = hex != null && (hex.length() == 40 || hex.length() == 64);
    if (!sized || !Hex.isLowerHex(hex)) {
      throw new InvalidValueException(
          "an object id must be 40 or 64 lower-case hex digits, not "
              + (hex == null ? "null" : quoted(hex)));
    }
    if (hex.chars().allMatch(c -> c == '0')) {
      throw new InvalidValueException("the all-zero object id names no object");
    }
  }

  /**
   * Whether the object is of a repository in git's other object format.
   *
   * @return true for SHA-256
   */
  public boolean isSha256() {
    return hex.length() == 64;
  }

  @Override
  public int compareTo(Oid other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
