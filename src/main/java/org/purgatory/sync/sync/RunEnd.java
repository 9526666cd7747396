package org.purgatory.sync.sync;

import java.util.Locale;

/** How a run ended. */
public enum RunEnd {
  /** The last event that waited was released. */
  COMPLETE,
  /** Events still wait, and every URL was tried that could help. */
  NO_MORE_URLS,
  /** There was nothing to do: every event had been withdrawn, or had expired. */
  NO_PENDING_EVENTS,
  /** Another run may hold the identifier now. */
  LEASE_LOST,
  /** A step hung. Its lease is left to lapse, as what hangs may still write. */
  STALLED,
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
