package org.purgatory.sync;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.purgatory.sync.git.JGitRemote;
import org.purgatory.sync.git.JGitRepositories;
import org.purgatory.sync.git.Quarantines;
import org.purgatory.sync.nostr.GitEvents;
import org.purgatory.sync.sync.SyncEngine;

/** Brings the parts to life before the first call comes in, and to rest in the right order. */
@Singleton
public class Lifecycle {

  private static final Logger LOG = System.getLogger(Lifecycle.class.getName());

  /**
   * Makes everything, and uses JGit once: the first use costs a second, which the first event would
   * wait. Calls need not wait for that. The signatures' curve is warmed by being made.
   */
  void start(
      @Observes StartupEvent event,
      SyncEngine engine,
      GitEvents events,
      JGitRepositories repositories,
      Threads threads) {
    warnOfPoorLocale();
    try {
      repositories.requireWritable();
    } catch (IOException e) {
      // Ends the process with this message alone: a stack trace would bury it.
      throw new ConfigurationException(
          "purgatory.git.root cannot be written to: give this process the relay's access to it ("
              + e
              + ")");
    }
    threads.volume().execute(() -> warmUp(repositories));
  }

  private static void warmUp(JGitRepositories repositories) {
    try {
      repositories.warmUp();
    } catch (IOException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "git could not be tried out below purgatory.git.root, fetches may fail",
          e);
    }
  }

  /** No new runs, no further fetches; what is being written to the relay's volume is finished. */
  void stop(
      @Observes ShutdownEvent event,
      SyncEngine engine,
      JGitRemote remote,
      Quarantines quarantines,
      Threads threads,
      StoreWiring stores) {
    engine.stop();
    remote.close();
    threads.stop();
    quarantines.close();
    // Before the framework closes the connections, which would look like an outage.
    stores.close();
  }

  /** A JVM names files in the locale's encoding, and repositories may have any Unicode name. */
  private static void warnOfPoorLocale() {
    try {
      Path.of("\u00e9\u4e2d");
    } catch (InvalidPathException e) {
      LOG.log(
          Level.WARNING,
          "Repositories whose names are not plain ASCII cannot be found: set LC_ALL=C.UTF-8");
    }
  }
}
