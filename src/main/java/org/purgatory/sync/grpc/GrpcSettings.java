package org.purgatory.sync.grpc;

import java.time.Duration;

/**
 * How the service treats calls.
 *
 * @param defaultDelay how long an enqueued event waits if the request does not say
 * @param immediateDelay how long a triggered identifier waits if the request does not say
 * @param maxDelay the longest delay that a request may ask for: behind the expiry of its events
 *     there would be nothing left to sync
 * @param bookmarkInterval how long a stream is silent before it gets a bookmark
 */
public record GrpcSettings(
    Duration defaultDelay, Duration immediateDelay, Duration maxDelay, Duration bookmarkInterval) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if bookmarks would be sent without a pause
   */
  public GrpcSettings {
    if (bookmarkInterval.isNegative() || bookmarkInterval.isZero()) {
      throw new IllegalArgumentException("the bookmark interval must be positive");
    }
  }
}
