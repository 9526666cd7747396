package org.purgatory.sync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A gRPC call that a service refused, as its client sees it. */
public final class RefusedCall {

  private RefusedCall() {}

  /** Makes a call, and fails the test if it is not refused. */
  public static StatusRuntimeException refusal(ThrowingCallable call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused).as("the call is refused").isNotNull();
    return refused;
  }

  /** The fields that the refusal's details name, in order. */
  public static List<String> violatedFields(StatusRuntimeException refused) {
    List<String> fields = new ArrayList<>();
    for (Any detail : StatusProto.fromThrowable(refused).getDetailsList()) {
      try {
        detail.unpack(BadRequest.class).getFieldViolationsList().stream()
            .map(FieldViolation::getField)
            .forEach(fields::add);
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return fields;
  }
}
