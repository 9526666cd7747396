package org.purgatory.sync.grpc;

import java.time.Duration;
import org.purgatory.sync.nostr.InvalidValueException;

/** Reads the delays of requests. */
final class Delays {

  private static final long MOST_SECONDS = 315_576_000_000L;
  private static final int MOST_NANOS = 999_999_999;

  private Delays() {}

  /**
   * Reads a delay.
   *
   * @param delay what the request says
   * @param most the longest delay that is allowed
   * @return the delay, zero at the least
   * @throws InvalidValueException if it is no duration by protobuf's rules, negative or too long
   */
  static Duration read(com.google.protobuf.Duration delay, Duration most) {
    long seconds = delay.getSeconds();
    int nanos = delay.getNanos();
    if (Math.abs((long) nanos) > MOST_NANOS
        || seconds > MOST_SECONDS
        || seconds < -MOST_SECONDS
        || Long.signum(seconds) * Integer.signum(nanos) < 0) {
      throw new InvalidValueException(
          "not a valid Duration: %d seconds and %d nanos".formatted(seconds, nanos));
    }
    Duration value = Duration.ofSeconds(seconds, nanos);
    if (value.isNegative() || value.compareTo(most) > 0) {
      throw new InvalidValueException(
          "a delay must be from 0 to %d seconds".formatted(most.toSeconds()));
    }
    return value;
  }
}
