package org.purgatory.sync.nostr;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.BIP340Signer;

/** Checks Schnorr signatures over secp256k1 (BIP-340), as NIP-01 asks. */
public final class Bip340Check implements SignatureCheck {

  /** BIP-340's first test vector: the public key of 3, and its signature of 32 zero bytes. */
  private static final String KNOWN_KEY =
      "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9";

  private static final String KNOWN_SIGNATURE =
      "e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca8215"
          + "25f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0";

  /** Each takes some kilobytes, for multiples of the point that the first check computes. */
  private static final int MOST_KEYS = 500;

  /** Of the authors of late: most events of one come one after the other. Guarded by itself. */
  private final Map<PublicKey, ECPublicKeyParameters> keys =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PublicKey, ECPublicKeyParameters> eldest) {
          return size() > MOST_KEYS;
        }
      };

  /**
   * Checks a known signature, so that the first event does not wait for the curve's tables and a
   * broken cryptography library shows at start.
   *
   * @throws IllegalStateException if the known signature does not hold
   */
  public Bip340Check() {
    if (!verify(bytes(KNOWN_KEY), new byte[32], bytes(KNOWN_SIGNATURE))) {
      throw new IllegalStateException("BIP-340 verification fails a known good signature");
    }
  }

  @Override
  public boolean isValid(NostrEvent event) {
    ECPublicKeyParameters key = key(event.author());
    return key != null && verify(key, bytes(event.id().hex()), bytes(event.signature()));
  }

  /** Null if it is not on the curve. */
  private ECPublicKeyParameters key(PublicKey author) {
    synchronized (keys) {
      ECPublicKeyParameters known = keys.get(author);
      if (known != null) {
        return known;
      }
    }
    ECPublicKeyParameters key = BIP340Signer.decodePublicKey(bytes(author.hex()));
    if (key != null) {
      synchronized (keys) {
        keys.put(author, key);
      }
    }
    return key;
  }

  /**
   * Verifies as BIP-340 defines it, for messages of any length.
   *
   * @param publicKey the x coordinate, 32 bytes
   * @param message what was signed
   * @param signature 64 bytes
   * @return whether it holds; false if the key is not on the curve
   */
  static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    ECPublicKeyParameters key = BIP340Signer.decodePublicKey(publicKey);
    return key != null && verify(key, message, signature);
  }

  private static boolean verify(ECPublicKeyParameters key, byte[] message, byte[] signature) {
    BIP340Signer verifier = new BIP340Signer();
    verifier.init(false, key);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
