package org.purgatory.sync.grpc;

import io.grpc.StatusRuntimeException;
import java.lang.System.Logger;
import java.time.Clock;
import org.purgatory.sync.sync.Failures;
import org.purgatory.sync.sync.OutageLog;
import org.purgatory.sync.sync.StoreUnavailableException;

/**
 * Hears how calls end. The operator is told of a store that is away once per outage, not once per
 * call.
 */
final class CallEnds {

  private static final Logger LOG = System.getLogger(CallEnds.class.getName());

  private final OutageLog outage;

  CallEnds(Clock clock) {
    this.outage = new OutageLog(LOG, clock, "Answering gRPC calls");
  }

  /** Hears of a call that got something from the store. */
  void worked() {
    outage.worked();
  }

  /**
   * Hears of a call that failed.
   *
   * @param failure why
   * @return what the client gets to know
   */
  StatusRuntimeException failed(Throwable failure) {
    if (Failures.cause(failure) instanceof StoreUnavailableException unavailable) {
      outage.failed(unavailable);
    }
    return Statuses.of(failure);
  }
}
