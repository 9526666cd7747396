package org.purgatory.sync.nostr;

/**
 * The x-only public key of a nostr user (NIP-01, BIP-340). Whether it is on the curve is the
 * signature's business.
 *
 * @param hex 64 lower-case hex digits, never null
 */
public record PublicKey(String hex) implements Comparable<PublicKey> {

  /** Checks the digits. */
  public PublicKey {
    Hex.require64("a public key", hex);
  }

  /**
   * The key in its form for people, as in repository paths.
   *
   * @return the bech32 form that starts with {@code npub1} (NIP-19)
   */
  public String npub() {
    return Bech32.encode("npub", java.util.HexFormat.of().parseHex(hex));
  }

  @Override
  public int compareTo(PublicKey other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
