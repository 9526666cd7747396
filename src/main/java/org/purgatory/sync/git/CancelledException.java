package org.purgatory.sync.git;

/** Ends work whose time is over. */
final class CancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CancelledException() {
    super("cancelled");
  }
}
