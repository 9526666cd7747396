package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoreUnavailableException;

class StatusesTest {

  @Test
  void badInputCarriesItsViolations() throws Exception {
    Refusal bad =
        new Refusal.BadInput(
            List.of(new Violation("pending_events[3]", "is bad"), new Violation("delay", "too")),
            12);
    StatusRuntimeException failure = Statuses.of(new RefusedException(bad));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo("pending_events[3]: is bad (and 11 more, 10 of them not in the details)");
    BadRequest details = detail(failure, BadRequest.class);
    assertThat(details.getFieldViolationsList())
        .extracting(v -> v.getField() + " " + v.getDescription())
        .containsExactly("pending_events[3] is bad", "delay too");
  }

  @Test
  void statusOfManyViolationsFitsTheTrailersOfEveryClient() {
    Violations violations = new Violations();
    IntStream.range(0, 10_000)
        .forEach(i -> violations.add("pending_events[" + i + "]", "🚀".repeat(20)));
    try {
      violations.refuseIfAny();
    } catch (RefusedException e) {
      com.google.rpc.Status status = StatusProto.fromThrowable(Statuses.of(e));
      // Base64 takes a third more, and many clients refuse more than 8 KB of headers.
      assertThat(status.getSerializedSize()).isLessThan(5500);
      return;
    }
    throw new AssertionError("violations did not refuse");
  }

  @Test
  void fullQueueSaysWhenToComeBack() throws Exception {
    Refusal full = new Refusal.QueueFull("the bound is reached", Duration.ofMillis(1500));
    StatusRuntimeException failure = Statuses.of(new RefusedException(full));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.getStatus().getDescription()).isEqualTo("the bound is reached");
    assertThat(detail(failure, RetryInfo.class).getRetryDelay())
        .isEqualTo(Times.duration(Duration.ofMillis(1500)));
  }

  @Test
  void placeThatIsGoneNamesTheOldest() {
    Refusal gone = new Refusal.PlaceGone(new ResultPosition(1, 0), new ResultPosition(7, 2));
    Status status = Statuses.of(new RefusedException(gone)).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(status.getDescription()).contains("1-0").contains("7-2");
  }

  @Test
  void placeThatIsAheadOfEverythingNamesTheOldest() {
    Refusal ahead = new Refusal.PlaceAhead(new ResultPosition(9, 0), new ResultPosition(7, 2));
    Status status = Statuses.of(new RefusedException(ahead)).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(status.getDescription())
        .startsWith("nothing was acknowledged, as 9-0 is ahead")
        .endsWith("the oldest resume token is 7-2");
  }

  @Test
  void unavailableStoreSaysWhyAndWhenToComeBack() throws Exception {
    Throwable away = new CompletionException(new StoreUnavailableException("Redis at x is away"));
    StatusRuntimeException failure = Statuses.of(away);
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure.getStatus().getDescription()).isEqualTo("Redis at x is away");
    assertThat(detail(failure, RetryInfo.class).getRetryDelay())
        .isEqualTo(Times.duration(Duration.ofSeconds(1)));
  }

  @Test
  void refusalsAreFoundInsideWhatFuturesWrapThemIn() {
    Refusal full = new Refusal.QueueFull("full", Duration.ZERO);
    Throwable wrapped =
        new CompletionException(new CompletionException(new RefusedException(full)));
    assertThat(Statuses.of(wrapped).getStatus().getDescription()).isEqualTo("full");
  }

  @Test
  void unforeseenFailuresTellTheClientNothing() {
    StatusRuntimeException failure = Statuses.of(new IllegalStateException("password=1234"));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo("internal error, see the sidecar's log");
    assertThat(failure.getCause()).isNull();
  }

  private static <T extends Message> T detail(StatusRuntimeException failure, Class<T> type)
      throws InvalidProtocolBufferException {
    List<Any> details = StatusProto.fromThrowable(failure).getDetailsList();
    assertThat(details).hasSize(1);
    return details.get(0).unpack(type);
  }
}
