package org.purgatory.sync.store;

import org.junit.jupiter.api.AfterEach;

/** What every store does, whatever it keeps things in. */
public abstract class SyncStoreContract
    implements QueueContract,
        RunContract,
        PublishContract,
        ResultsContract,
        ExpiryContract,
        BoundsContract,
        CancelContract,
        ApplyingContract,
        DormantContract,
        StatusContract {

  /** Holds the store's invariants against what it stores. */
  @AfterEach
  protected abstract void checkInvariants();
}
