package org.purgatory.sync.simulation;

import java.time.Clock;
import java.time.Duration;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.store.memory.MemoryState;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;

/** The embedded store and throttle, shared by all replicas as if they were Redis. */
final class MemoryStores implements Stores {

  private final MemorySyncStore memory;
  private final SyncStore store;
  private final ResultLog results;
  private final TurnHub hub;

  MemoryStores(World world, Variant variant) {
    Clock clock = world.schedule.clock(Duration.ZERO);
    Terms terms = world.terms();
    memory = new MemorySyncStore(terms.queue(), clock);
    store = variant.store(memory, world);
    results = variant.results(memory.results());
    MemoryDomainThrottle throttle =
        new MemoryDomainThrottle(
            variant.limits(terms.throttle()),
            clock,
            (delay, task) -> world.schedule.after(Process.WORLD, Schedule.micros(delay), task));
    hub =
        new TurnHub(
            world,
            new CheckedThrottle(
                variant.throttle(throttle, world), world.lines, "", world, () -> false));
  }

  @Override
  public SyncStore store() {
    return store;
  }

  @Override
  public ResultLog results() {
    return results;
  }

  @Override
  public DomainThrottle throttle(Process replica) {
    return hub.viewOf(replica);
  }

  @Override
  public void died(Process replica) {
    hub.died(replica);
  }

  @Override
  public void check() {
    MemoryState.check(memory);
  }
}
