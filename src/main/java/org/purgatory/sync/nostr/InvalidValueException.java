package org.purgatory.sync.nostr;

/**
 * Says that a value from outside is not what its type allows. The message may be shown to anyone.
 */
public final class InvalidValueException extends IllegalArgumentException {

  /**
   * Says what is wrong.
   *
   * @param message what is wrong and what is allowed; quotes foreign text only through {@link
   *     Quoted}
   */
  public InvalidValueException(String message) {
    super(message);
  }
}
