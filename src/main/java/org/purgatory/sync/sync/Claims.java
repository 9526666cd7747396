package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was due.
 *
 * @param claimed the identifiers that may run now
 * @param untilNext how long until the next identifier is due, zero if one is due already; empty if
 *     none waits
 */
public record Claims(List<Claimed> claimed, Optional<Duration> untilNext) {

  /** Copies the list. */
  public Claims {
    claimed = List.copyOf(claimed);
  }
}
