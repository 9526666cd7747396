package org.purgatory.sync.store.memory;

import java.time.Duration;
import org.purgatory.sync.store.SyncStoreContract;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.testkit.VirtualTime;

class MemorySyncStoreTest extends SyncStoreContract {

  private final VirtualTime time = new VirtualTime();
  private final MemorySyncStore store = new MemorySyncStore(SETTINGS, time);

  @Override
  public SyncStore store() {
    store.checkInvariants();
    return store;
  }

  @Override
  public ResultLog results() {
    return store.results();
  }

  @Override
  public void pass(Duration duration) {
    time.advance(duration);
  }

  @Override
  protected void checkInvariants() {
    store.checkInvariants();
  }
}
