package org.purgatory.sync.sync;

/** Ends a run that found that it does not hold its identifier any more. */
final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(Claim claim) {
    super("the lease of " + claim.identifier() + " was lost");
  }
}
