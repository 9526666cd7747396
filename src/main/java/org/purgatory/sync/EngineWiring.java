package org.purgatory.sync;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.GitRemote;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.SyncEngine;
import org.purgatory.sync.sync.SyncMetrics;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.Timer;

/** Puts the engine together: time, and the ports to the store, to git and to the meters. */
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
