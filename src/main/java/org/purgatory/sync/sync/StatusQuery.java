package org.purgatory.sync.sync;

import java.util.Optional;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * Which page of the queue.
 *
 * @param after the last identifier that was seen; empty for the first page
 * @param most how many entries at most, positive
 * @param phase only identifiers in this phase; empty for all
 */
public record StatusQuery(
    Optional<RepositoryIdentifier> after, int most, Optional<SyncPhase> phase) {

  /** How many identifiers a page looks at, however few of them are in the phase. */
  public static final int MOST_LOOKED_AT = 1000;

  /** How large a page grows, about, before it ends early: what clients take by default is 4 MiB. */
  public static final int BYTES_ENOUGH = 1 << 20;

  /**
   * How many identifiers the page looks at.
   *
   * @return as many as entries are wanted, or more if not every identifier makes one
   */
  public int looks() {
    return phase.isEmpty() ? most : Math.max(most, MOST_LOOKED_AT);
  }
}
