package org.purgatory.sync.sync;

import java.util.Locale;

/** How a run ended. */
public enum RunEnd {
  /** Every needed object was here. */
  COMPLETE,
  /** Objects are missing, and every URL was tried. */
  NO_MORE_URLS,
  /** No event waited any more. */
  NO_PENDING_EVENTS,
  /** Another run may hold the identifier now. */
  LEASE_LOST,
  /** The run broke off. */
  FAILED;

  /**
   * The end's one word in metrics and logs.
   *
   * @return lower case, with underscores
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
