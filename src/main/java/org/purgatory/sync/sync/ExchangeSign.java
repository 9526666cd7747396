package org.purgatory.sync.sync;

import java.time.Duration;

/** What an exchange has shown of the server, whatever it brought. */
public sealed interface ExchangeSign {

  /** The server answered, be it with an error: it can be reached. */
  record Answered() implements ExchangeSign {}

  /**
   * The server answered that nobody should come for a while.
   *
   * @param duration how long, from now; more than nothing, at most {@link #LONGEST}
   */
  record AskedForPatience(Duration duration) implements ExchangeSign {

    /** A server's word is taken for no longer than this. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if it is out of bounds
     */
    public AskedForPatience {
      if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("not a time of up to an hour: " + duration);
      }
    }
  }

  /**
   * There was no way to the server.
   *
   * @param cause what failed
   */
  record Unreachable(CircuitCause cause) implements ExchangeSign {}

  /** Nothing: it never came to an answer, for a reason that may be ours or the repository's. */
  record NoSign() implements ExchangeSign {}
}
