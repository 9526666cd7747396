package org.purgatory.sync.git;

import java.io.IOException;

/** Says that we do not connect there. The message may be shown to anyone. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
