package org.purgatory.sync.sync;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * Claims what is due and runs it: at each tick, at each due time, and whenever a slot comes free.
 *
 * <p>Invariant: at most one claim of the store is under way; a tick that comes meanwhile is made up
 * for when it ends.
 */
final class SyncLoop {

  private static final Logger LOG = System.getLogger(SyncLoop.class.getName());

  /** When to claim again after that failed, in case that nobody ticks sooner. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Ports ports;
  private final EngineSettings settings;
  private final Clock clock;
  private final Executor executor;
  private final RunSlots slots;
  private final WakeUp wakeUp;
  private final OutageLog claiming;
  private final OutageLog renewing;
  private final Map<RepositoryIdentifier, SyncRun> runs = new ConcurrentHashMap<>();
  private final AtomicInteger ticks = new AtomicInteger();
  private volatile boolean stopped;
  private volatile Instant lastTick;

  SyncLoop(Ports ports, EngineSettings settings, Clock clock, Timer timer, Executor executor) {
    this.ports = ports;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
    this.slots = new RunSlots(settings.maxRuns(), executor, this::tick);
    this.wakeUp = new WakeUp(clock, timer, this::tick);
    this.claiming = new OutageLog(LOG, clock, "Claiming work");
    this.renewing = new OutageLog(LOG, clock, "Renewing the leases of runs");
    this.lastTick = clock.instant();
    ports.throttle().onTurn(this::turn);
  }

  /** Claims what is due now. */
  void tick() {
    if (!stopped && ticks.getAndIncrement() == 0) {
      claim(1);
    }
  }

  /** When a tick last came to its end. */
  Instant lastTick() {
    return lastTick;
  }

  /** Makes sure of a tick after a while. */
  void tickIn(Duration delay) {
    wakeUp.in(delay);
  }

  /** Lets a parked run of the identifier look at what is new. */
  void newsOf(RepositoryIdentifier identifier) {
    SyncRun run = runs.get(identifier);
    if (run != null) {
      run.wake();
    }
  }

  /** Renews the leases of all runs that get on, and gives up those that do not. */
  void keepLeases() {
    Instant tooLong = clock.instant().minus(settings.stepLimit());
    for (SyncRun run : runs.values()) {
      if (run.steppingSince().isBefore(tooLong)) {
        LOG.log(Level.WARNING, "{0}: given up, no progress", run.claim().identifier());
        run.abandon(RunEnd.STALLED);
      }
    }
    List<Claim> claims = runs.values().stream().map(SyncRun::claim).toList();
    if (!claims.isEmpty()) {
      Calls.started(() -> ports.store().renew(claims))
          .whenComplete(renewing::ended)
          .thenAccept(this::lost);
    }
    ports.permits().renew(tooLong);
  }

  /** Claims nothing more. Runs that are under way end with the process. */
  void stop() {
    stopped = true;
  }

  private void lost(Collection<Claim> claims) {
    for (Claim claim : claims) {
      SyncRun run = runs.get(claim.identifier());
      if (run != null && run.claim().equals(claim)) {
        run.abandon(RunEnd.LEASE_LOST);
      }
    }
  }

  private void turn(Claim waiter) {
    SyncRun run = runs.get(waiter.identifier());
    if (run != null && run.claim().equals(waiter)) {
      run.wake();
    } else {
      leaveAllLines(waiter);
    }
  }

  /** However long it takes: a place that nobody uses holds up who stands behind it. */
  private void leaveAllLines(Claim waiter) {
    ports.patience().ask(() -> ports.throttle().leaveAllBut(waiter, Set.of()));
  }

  private void claim(int ticksSeen) {
    Calls.started(() -> ports.store().claimDue(slots.free()))
        .whenComplete(claiming::ended)
        .whenComplete(
            (claims, failure) -> {
              try {
                if (failure == null) {
                  claims.claimed().forEach(this::run);
                  claims.untilNext().filter(wait -> !wait.isZero()).ifPresent(wakeUp::in);
                } else {
                  wakeUp.in(RETRY);
                }
              } finally {
                lastTick = clock.instant();
                int left = ticks.addAndGet(-ticksSeen);
                if (left > 0) {
                  executor.execute(() -> claim(left));
                }
              }
            });
  }

  private void run(Claimed claimed) {
    Claim claim = claimed.claim();
    RunContext context = new RunContext(ports, claimed, settings.urlPolicy());
    NextStep nextStep = new NextStep(context, new TriedUrls());
    SyncRun started =
        new SyncRun(
            claim,
            nextStep::take,
            slots,
            executor,
            clock::instant,
            (run, how) -> {
              context.end();
              ended(run, how, context::lastNote);
            },
            () -> leaveAllLines(claim));
    SyncRun before = runs.put(claim.identifier(), started);
    if (before != null) {
      // The store gave the identifier anew, so the lease of the run before ran out unnoticed.
      before.abandon(RunEnd.LEASE_LOST);
    }
    started.start();
  }

  private void ended(SyncRun run, RunEnd how, Supplier<RunNote> lastNote) {
    Claim claim = run.claim();
    runs.remove(claim.identifier(), run);
    leaveAllLines(claim);
    ports.metrics().runEnded(how);
    switch (how) {
      case COMPLETE -> LOG.log(Level.DEBUG, "{0} left the queue", claim.identifier());
      case LEASE_LOST, STALLED -> LOG.log(Level.DEBUG, "{0} is left to another run", claim);
      case NO_MORE_URLS, NO_PENDING_EVENTS, FAILED -> {
        RunNote note = lastNote.get();
        ports
            .patience()
            .ask(() -> ports.store().complete(claim, note))
            .whenComplete((next, failure) -> completed(claim, next, failure));
      }
    }
  }

  private void completed(Claim claim, Optional<NextRun> next, Throwable failure) {
    if (failure != null) {
      LOG.log(
          Level.WARNING,
          "{0}: cannot end the run, its lease will: {1}",
          claim.identifier(),
          Failures.message(failure));
    } else if (next.isPresent()) {
      Duration wait = next.get().in();
      LOG.log(Level.DEBUG, "{0} is due again in {1}", claim.identifier(), wait);
      if (next.get().attemptCount() > 0) {
        ports.metrics().backoff(wait);
      }
      tickIn(wait);
    }
  }
}
