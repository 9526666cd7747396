package org.purgatory.sync.nativeimage;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The messages of gRPC's error details. Protobuf reads the fields of generated messages by
 * reflection, and Quarkus registers only those of this project's own contract and of protobuf.
 */
@RegisterForReflection(
    targets = {
      BadRequest.class,
      BadRequest.Builder.class,
      FieldViolation.class,
      FieldViolation.Builder.class,
      RetryInfo.class,
      RetryInfo.Builder.class,
      Status.class,
      Status.Builder.class
    })
final class ErrorDetailsReflection {

  private ErrorDetailsReflection() {}
}
