package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.List;

/** Whether events were taken in. */
public sealed interface EnqueueOutcome {

  /**
   * All events were taken in.
   *
   * @param events what became of each pending event, in the request's order
   */
  record Accepted(List<EventStatus> events) implements EnqueueOutcome {
    /** Copies the list. */
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * None was taken in, because a bound is reached.
   *
   * @param reason which bound, with its property; for the relay's operator
   * @param retryAfter when it may be worth trying again
   */
  record Full(String reason, Duration retryAfter) implements EnqueueOutcome {}
}
