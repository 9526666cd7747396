package org.purgatory.sync.grpc;

/** Carries a refusal out of a call. */
final class RefusedException extends RuntimeException {

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    // No stack trace: refusals are answers, as cheap for us as they are for the client to provoke.
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
