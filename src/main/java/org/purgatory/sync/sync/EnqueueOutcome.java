package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Whether events were taken in. */
public sealed interface EnqueueOutcome {

  /**
   * All events were taken in.
   *
   * @param events what became of each pending event, in the request's order
   * @param mostWaiting how many events of one identifier wait now, of those in the request the most
   */
  record Accepted(List<EventStatus> events, int mostWaiting) implements EnqueueOutcome {
    /** Copies the list. */
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * None was taken in, because a bound is reached.
   *
   * @param bound which bound
   * @param reason which bound, with its property; for the relay's operator
   * @param retryAfter when it may be worth trying again
   */
  record Full(Bound bound, String reason, Duration retryAfter) implements EnqueueOutcome {}

  /** What is bounded. */
  enum Bound {
    /** The identifiers in the queue. */
    IDENTIFIERS,
    /** The pending events of one identifier. */
    EVENTS_PER_IDENTIFIER,
    /** The memory of the store itself. */
    MEMORY;

    /**
     * The bound's one word in metrics.
     *
     * @return lower case, with underscores
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
