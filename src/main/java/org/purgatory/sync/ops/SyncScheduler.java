package org.purgatory.sync.ops;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.purgatory.sync.sync.SyncEngine;

/**
 * What happens again and again. Each job runs on a worker thread and never twice at once: one that
 * is late is left out, as the next does all there is to do.
 */
@Singleton
public class SyncScheduler {

  private static final Logger LOG = System.getLogger(SyncScheduler.class.getName());
  private static final long LONGEST_SWEEP_SECONDS = 60;

  private final SyncEngine engine;
  private final QuarantineCleaning cleaning;

  SyncScheduler(SyncEngine engine, QuarantineCleaning cleaning) {
    this.engine = engine;
    this.cleaning = cleaning;
  }

  /** Twice within a lease it must be, and one renewal may come late. */
  void scheduleLeases(@Observes StartupEvent event, Scheduler scheduler, OpsSettings settings) {
    scheduler
        .newJob("leases")
        .setInterval(settings.lease().dividedBy(3).toString())
        .setConcurrentExecution(ConcurrentExecution.SKIP)
        .setTask(execution -> engine.keepLeases())
        .schedule();
  }

  /** Dispatches what is due, in case that a wake-up was missed. */
  @Scheduled(
      identity = "tick",
      every = "{purgatory.sync.loop-interval}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void tick() {
    engine.tick();
  }

  /** Expires what waited too long. */
  @Scheduled(identity = "sweep", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  void sweep() {
    try {
      int expired =
          engine
              .sweep()
              .toCompletableFuture()
              .orTimeout(LONGEST_SWEEP_SECONDS, TimeUnit.SECONDS)
              .join();
      if (expired > 0) {
        LOG.log(Level.INFO, "{0} events expired", expired);
      }
    } catch (CompletionException e) {
      LOG.log(
          Level.WARNING,
          "Expiring events is not done after {0} s: the store is too slow, or has too much to do",
          LONGEST_SWEEP_SECONDS);
    }
  }

  /** Tidies the git volume: at start after a crash, and of other replicas soon after theirs. */
  @Scheduled(identity = "clean", every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
  void clean() {
    try {
      int removed = cleaning.removeUnused();
      LOG.log(Level.DEBUG, "{0} unused quarantines deleted", removed);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Not all unused quarantines could be deleted: {0}", e.toString());
    }
  }
}
