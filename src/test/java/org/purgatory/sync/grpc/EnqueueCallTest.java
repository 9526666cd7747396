package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;

class EnqueueCallTest {

  @ParameterizedTest
  @EnumSource(EnqueueOutcome.Bound.class)
  void everyBoundComesThrough(EnqueueOutcome.Bound bound) throws Exception {
    Duration retryAfter = Duration.ofMillis(2500);
    EnqueueCall call =
        new EnqueueCall(new Enqueue(List.of(), List.of(), Duration.ZERO, false), List.of());

    Throwable refused =
        catchThrowable(
            () -> call.response(new EnqueueOutcome.Full(bound, "reached: " + bound, retryAfter)));

    StatusRuntimeException failure = Statuses.of(refused);
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.getStatus().getDescription()).isEqualTo("reached: " + bound);
    RetryInfo retry = StatusProto.fromThrowable(failure).getDetails(0).unpack(RetryInfo.class);
    assertThat(retry.getRetryDelay()).isEqualTo(Times.duration(retryAfter));
  }
}
