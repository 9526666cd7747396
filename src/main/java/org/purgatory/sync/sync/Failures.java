package org.purgatory.sync.sync;

import java.util.concurrent.CompletionException;

/** What futures wrap failures in, taken off again. */
public final class Failures {

  private Failures() {}

  /**
   * The failure itself.
   *
   * @param failure what a future ended with
   * @return what is inside of it
   */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The failure's message, or its type if it has none. */
  static String message(Throwable failure) {
    Throwable cause = cause(failure);
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
