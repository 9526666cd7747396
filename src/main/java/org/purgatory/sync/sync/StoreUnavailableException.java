package org.purgatory.sync.sync;

/**
 * A store or throttle could not be reached, or did not answer in time. What was asked for may have
 * been done all the same.
 */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what is wrong and what to do, for the operator; without credentials
   */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what is wrong and what to do, for the operator; without credentials
   * @param cause what the client library said
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
