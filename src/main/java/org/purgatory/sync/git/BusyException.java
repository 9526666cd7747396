package org.purgatory.sync.git;

import java.io.IOException;

/** Ends a fetch that finds too little left of what all fetches share here. It is tried again. */
final class BusyException extends IOException {

  private static final long serialVersionUID = 1L;

  BusyException(String message) {
    super(message);
  }
}
