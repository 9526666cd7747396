package org.purgatory.sync.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times as messages carry them. */
final class Times {

  private Times() {}

  /** A span of time. Protobuf wants both parts to have one sign, where Java floors. */
  static Duration duration(java.time.Duration span) {
    boolean mixed = span.isNegative() && span.getNano() > 0;
    return Duration.newBuilder()
        .setSeconds(mixed ? span.getSeconds() + 1 : span.getSeconds())
        .setNanos(mixed ? span.getNano() - 1_000_000_000 : span.getNano())
        .build();
  }

  /** A point in time. */
  static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
