package org.purgatory.sync.sync;

/** What an identifier in the queue does. */
public enum SyncPhase {
  /** It waits for its next attempt. */
  WAITING,
  /** A run is in progress. */
  RUNNING,
  /** A run is in progress, and waits for a domain's permit. */
  THROTTLED
}
