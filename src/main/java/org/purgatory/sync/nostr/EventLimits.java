package org.purgatory.sync.nostr;

/**
 * How much one event may hold.
 *
 * @param maxEventBytes the most bytes of an event's JSON text, in UTF-8
 * @param maxOids the most different objects that an event may name
 */
public record EventLimits(int maxEventBytes, int maxOids) {

  /** The limits that hold unless the operator sets others. */
  public static final EventLimits DEFAULT = new EventLimits(262_144, 10_000);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public EventLimits {
    if (maxEventBytes < 1 || maxOids < 1) {
      throw new IllegalArgumentException("event limits must be positive");
    }
  }
}
