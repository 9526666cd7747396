package org.purgatory.sync.sync;

import java.util.Locale;

/** How a run ended. */
public enum RunEnd {
  /** No object was missing: what could be released was released. */
  COMPLETE,
  /** Objects are missing, and every URL was tried. */
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
