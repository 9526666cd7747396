package org.purgatory.sync;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.purgatory.sync.git.JGitRemote;
import org.purgatory.sync.git.JGitRepositories;
import org.purgatory.sync.nostr.EventReader;
import org.purgatory.sync.sync.SyncEngine;

/** Brings everything to life before the first call can come in, and to rest in the right order. */
@Singleton
public class Lifecycle {

  /** The first use of JGit and of the curve would otherwise cost the first event a second. */
  void start(
      @Observes StartupEvent event,
      SyncEngine engine,
      JGitRepositories repositories,
      EventReader reader)
      throws IOException {
    repositories.warmUp();
  }

  /** No new runs, no further fetches; what is being written to the relay's volume is finished. */
  void stop(@Observes ShutdownEvent event, SyncEngine engine, JGitRemote remote, Threads threads) {
    engine.stop();
    remote.close();
    threads.stop();
  }
}
