package org.purgatory.sync.nostr;

/** Decides whether an event's signature is its author's. Implementations are thread-safe. */
@FunctionalInterface
public interface SignatureCheck {

  /** For relays that have checked every signature already: takes all signatures. */
  SignatureCheck TRUSTING = event -> true;

  /**
   * Checks one event.
   *
   * @param event an event whose id has been checked already
   * @return whether its signature is its author's over its id
   */
  boolean isValid(NostrEvent event);
}
