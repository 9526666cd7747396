package org.purgatory.sync.nostr;

/** Bech32 as NIP-19 uses it. Encoding only: nothing in the contract carries the form inwards. */
final class Bech32 {

  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int CHECKSUM_LENGTH = 6;

  private Bech32() {}

  /** Encodes whole bytes under a human-readable part, as in BIP-173. */
  static String encode(String prefix, byte[] bytes) {
    byte[] words = inFives(bytes);
    StringBuilder text = new StringBuilder(prefix).append('1');
    for (byte word : words) {
      text.append(ALPHABET.charAt(word));
    }
    int checksum = checksum(prefix, words);
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      text.append(ALPHABET.charAt((checksum >>> (5 * (CHECKSUM_LENGTH - 1 - i))) & 31));
    }
    return text.toString();
  }

  private static byte[] inFives(byte[] bytes) {
    byte[] words = new byte[(bytes.length * 8 + 4) / 5];
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      int value = (bytes[bit / 8] >>> (7 - bit % 8)) & 1;
      words[bit / 5] |= (byte) (value << (4 - bit % 5));
    }
    return words;
  }

  private static int checksum(String prefix, byte[] words) {
    int sum = 1;
    for (char c : prefix.toCharArray()) {
      sum = step(sum, c >>> 5);
    }
    sum = step(sum, 0);
    for (char c : prefix.toCharArray()) {
      sum = step(sum, c & 31);
    }
    for (byte word : words) {
      sum = step(sum, word);
    }
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      sum = step(sum, 0);
    }
    return sum ^ 1;
  }

  private static int step(int sum, int word) {
    int next = (sum & 0x1ffffff) << 5 ^ word;
    for (int i = 0; i < GENERATOR.length; i++) {
      if ((sum >>> 25 >>> i & 1) == 1) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }
}
