package org.purgatory.sync.git;

import java.io.IOException;

/** Says that a server sent more than is allowed. The message may be shown to anyone. */
final class TooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message);
  }
}
