package org.purgatory.sync.nostr;

/**
 * The id of a nostr event: the SHA-256 of its canonical serialisation (NIP-01).
 *
 * @param hex 64 lower-case hex digits, never null
 */
public record EventId(String hex) implements Comparable<EventId> {

  /** Checks the digits. */
  public EventId {
    Hex.require64("an event id", hex);
  }

  @Override
  public int compareTo(EventId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
