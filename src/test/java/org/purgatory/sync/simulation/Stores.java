package org.purgatory.sync.simulation;

import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;

/** The store that the replicas share, whichever it is. */
interface Stores {

  SyncStore store();

  ResultLog results();

  /** The throttle as a replica sees it that has just begun. */
  DomainThrottle throttle(Process replica);

  /** A replica has died. */
  void died(Process replica);

  /** Holds what the store holds against its invariants. */
  void check();

  /** The simulation has come to its end. */
  default void end() {}
}
