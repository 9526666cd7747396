package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.time.Instant;
import org.purgatory.sync.store.DomainThrottleContract;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.testkit.VirtualTime;

class MemoryDomainThrottleTest extends DomainThrottleContract {

  private final VirtualTime time = new VirtualTime();
  private final MemoryDomainThrottle throttle = new MemoryDomainThrottle(SETTINGS, time, time);

  @Override
  protected DomainThrottle throttle() {
    return throttle;
  }

  @Override
  protected void pass(Duration duration) {
    time.advance(duration);
  }

  @Override
  public Instant now() {
    return time.instant();
  }
}
