package org.purgatory.sync.sync;

import java.util.concurrent.CompletionException;

/** What futures wrap failures in, taken off again. */
final class Failures {

  private Failures() {}

  /** The failure itself. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** The failure's message, or its type if it has none. */
  static String message(Throwable failure) {
    Throwable cause = cause(failure);
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
