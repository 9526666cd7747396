package org.purgatory.sync.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.purgatory.sync.sync.Failures;
import org.purgatory.sync.sync.StoreUnavailableException;

/** The one place where failures become gRPC statuses. */
final class Statuses {

  private static final Logger LOG = System.getLogger(Statuses.class.getName());
  private static final Duration STORE_MAY_BE_BACK = Duration.ofSeconds(1);

  private Statuses() {}

  /**
   * The status of a failure. What nobody foresaw goes to the log and tells the client nothing.
   *
   * @param failure why a call failed
   * @return what the client gets to know
   */
  static StatusRuntimeException of(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    if (cause instanceof RefusedException refused) {
      return StatusProto.toStatusRuntimeException(status(refused.refusal()));
    }
    if (cause instanceof StoreUnavailableException) {
      return StatusProto.toStatusRuntimeException(
          status(Code.UNAVAILABLE, cause.getMessage(), retryAfter(STORE_MAY_BE_BACK)));
    }
    LOG.log(Level.ERROR, "A gRPC call failed", cause);
    return StatusProto.toStatusRuntimeException(
        status(Code.INTERNAL, "internal error, see the sidecar's log"));
  }

  private static Status status(Refusal refusal) {
    if (refusal instanceof Refusal.BadInput bad) {
      return status(Code.INVALID_ARGUMENT, summary(bad), details(bad));
    }
    if (refusal instanceof Refusal.QueueFull full) {
      return status(Code.RESOURCE_EXHAUSTED, full.reason(), retryAfter(full.retryAfter()));
    }
    if (refusal instanceof Refusal.PlaceAhead ahead) {
      return status(
          Code.OUT_OF_RANGE,
          "nothing was acknowledged, as %s is ahead of every result; the oldest resume token is %s"
              .formatted(ahead.place().token(), ahead.oldest().token()));
    }
    if (refusal instanceof Refusal.NotQueued idle) {
      return status(
          Code.NOT_FOUND,
          "no event of the identifier \"%s\" waits, and no run of it is in progress"
              .formatted(idle.identifier()));
    }
    Refusal.PlaceGone gone = (Refusal.PlaceGone) refusal;
    return status(
        Code.OUT_OF_RANGE,
        "results cannot be resumed from %s; the oldest resume token is %s"
            .formatted(gone.place().token(), gone.oldest().token()));
  }

  private static RetryInfo retryAfter(Duration delay) {
    return RetryInfo.newBuilder().setRetryDelay(Times.duration(delay)).build();
  }

  /** The first violation, for those who do not look at the details, and how many there are. */
  private static String summary(Refusal.BadInput bad) {
    Violation first = bad.violations().get(0);
    String text = first.field() + ": " + first.description();
    int more = bad.count() - 1;
    int unlisted = bad.count() - bad.violations().size();
    return more == 0
        ? text
        : text + " (and %d more, %d of them not in the details)".formatted(more, unlisted);
  }

  private static BadRequest details(Refusal.BadInput bad) {
    BadRequest.Builder details = BadRequest.newBuilder();
    for (Violation violation : bad.violations()) {
      details.addFieldViolations(
          FieldViolation.newBuilder()
              .setField(violation.field())
              .setDescription(violation.description()));
    }
    return details.build();
  }

  private static Status status(Code code, String message, Message... details) {
    Status.Builder status = Status.newBuilder().setCode(code.getNumber()).setMessage(message);
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return status.build();
  }
}
