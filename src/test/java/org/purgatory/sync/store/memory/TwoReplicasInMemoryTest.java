package org.purgatory.sync.store.memory;

import java.time.Duration;
import org.purgatory.sync.store.TwoReplicasContract;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.testkit.VirtualTime;

/** Two engines that share the embedded store, as in the simulation. */
class TwoReplicasInMemoryTest extends TwoReplicasContract {

  private final VirtualTime time = new VirtualTime();
  private final MemorySyncStore store = new MemorySyncStore(SETTINGS, time);

  @Override
  protected SyncStore first() {
    store.checkInvariants();
    return store;
  }

  @Override
  protected SyncStore second() {
    return first();
  }

  @Override
  protected ResultLog results() {
    return store.results();
  }

  @Override
  protected void pass(Duration duration) {
    time.advance(duration);
  }
}
