package org.purgatory.sync.sync;

/** Says that a repository on this volume could not be read or changed. The work is tried again. */
public final class RepositoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what failed.
   *
   * @param message which repository, what failed and what to do; for the operator
   * @param cause what was underneath, or null
   */
  public RepositoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
