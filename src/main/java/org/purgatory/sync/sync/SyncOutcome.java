package org.purgatory.sync.sync;

/** Why events left purgatory. */
public enum SyncOutcome {
  /** Every object is here and every ref is in place. */
  SATISFIED,
  /** They waited too long. */
  EXPIRED,
  /** They are no longer authorised, or a newer state superseded them. */
  REJECTED
}
