package org.purgatory.sync.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.BIP340Signer;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.PublicKey;

/**
 * A nostr user of a test, who writes and signs events. The same seed makes the same user, and the
 * same draft the same event, in every run.
 *
 * <pre>{@code
 * EventSigner alice = EventSigner.seeded("alice");
 * SignedEvent announced = alice.announcement("repo").cloneUrls(url).maintainers(bob).sign();
 * SignedEvent state = bob.state("repo").ref("refs/heads/main", oid).head("refs/heads/main").sign();
 * SignedEvent offered = carol.pullRequest(oid).to(alice, "repo").cloneUrls(url).sign();
 * }</pre>
 */
public final class EventSigner {

  private final ECPrivateKeyParameters secret;
  private final PublicKey publicKey;

  private EventSigner(String seed) {
    ECDomainParameters curve = BIP340Signer.getDomain();
    secret = new ECPrivateKeyParameters(new BigInteger(1, sha256(seed)), curve);
    byte[] point = curve.getG().multiply(secret.getD()).normalize().getEncoded(true);
    // An x-only key leaves out the first byte, which tells y's parity (BIP-340).
    publicKey = new PublicKey(HexFormat.of().formatHex(point, 1, point.length));
  }

  /** The user that a seed stands for. */
  public static EventSigner seeded(String seed) {
    return new EventSigner(seed);
  }

  /** The user's public key. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** Starts a repository announcement (kind 30617). */
  public EventDraft announcement(String identifier) {
    return event(30617).tag("d", identifier);
  }

  /** Starts a repository state (kind 30618). */
  public EventDraft state(String identifier) {
    return event(30618).tag("d", identifier);
  }

  /** Starts a pull request (kind 1618). */
  public EventDraft pullRequest(String tip) {
    return event(1618).tag("c", tip);
  }

  /** Starts a pull-request update (kind 1619). */
  public EventDraft pullRequestUpdate(String tip) {
    return event(1619).tag("c", tip);
  }

  /** Starts an event of any kind, without tags. */
  public EventDraft event(int kind) {
    return new EventDraft(this, kind);
  }

  SignedEvent sign(long createdAt, int kind, String tags, String canonical, String content) {
    byte[] id = sha256(canonical);
    String hex = HexFormat.of().formatHex(id);
    String json =
        "{\"id\":\"%s\",\"pubkey\":\"%s\",\"created_at\":%d,\"kind\":%d,\"tags\":%s,\"content\":%s,\"sig\":\"%s\"}"
            .formatted(hex, publicKey, createdAt, kind, tags, content, signature(id));
    return new SignedEvent(json, new EventId(hex), publicKey);
  }

  private String signature(byte[] message) {
    BIP340Signer signer = new BIP340Signer(true);
    signer.init(true, secret);
    signer.update(message, 0, message.length);
    return HexFormat.of().formatHex(signer.generateSignature());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
