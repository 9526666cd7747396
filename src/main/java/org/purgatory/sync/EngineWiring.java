package org.purgatory.sync;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.GitRemote;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncEngine;
import org.purgatory.sync.sync.SyncMetrics;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;

/** Puts the engine together: time, the embedded store and throttle, and the ports to git. */
@Singleton
public class EngineWiring {

  @Produces
  @Singleton
  Clock clock() {
    return new SteadyClock();
  }

  @Produces
  @Singleton
  Timer timer(Threads threads) {
    return threads.timer();
  }

  @Produces
  @Singleton
  MemorySyncStore store(QueueSettings settings, Clock clock) {
    return new MemorySyncStore(settings, clock);
  }

  @Produces
  @Singleton
  ResultLog results(MemorySyncStore store) {
    return store.results();
  }

  @Produces
  @Singleton
  DomainThrottle throttle(ThrottleSettings settings, Clock clock, Timer timer) {
    return new MemoryDomainThrottle(settings, clock, timer);
  }

  @Produces
  @Singleton
  SyncEngine engine(
      SyncStore store,
      DomainThrottle throttle,
      GitRemote remote,
      GitRepositories repositories,
      SyncMetrics metrics,
      EngineSettings settings,
      Clock clock,
      Timer timer,
      Threads threads) {
    return new SyncEngine(
        store, throttle, remote, repositories, metrics, settings, clock, timer, threads.steps());
  }
}
