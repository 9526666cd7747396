package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * One sync of one identifier: takes step after step, is parked while every domain is at its limits,
 * and ends once.
 *
 * <p>Invariants: the run holds a slot exactly while it is stepping. A wake-up during a step counts
 * for what the step ends in, be it parking or the run's end, so that none is lost in between. Only
 * a step that completed counts anyway: what comes after it is for the next run.
 */
final class SyncRun {

  private static final Logger LOG = System.getLogger(SyncRun.class.getName());

  private static final Instant NOT_STEPPING = Instant.MAX;

  private enum Phase {
    QUEUED,
    STEPPING,
    PARKED,
    ENDED
  }

  private final Claim claim;
  private final Supplier<CompletionStage<SyncStep>> nextStep;
  private final RunSlots slots;
  private final Executor executor;
  private final Supplier<Instant> now;
  private final BiConsumer<SyncRun, RunEnd> onEnd;
  private final Runnable onLateStep;
  private Phase phase = Phase.QUEUED;
  private boolean wokenMeanwhile;
  private Instant steppingSince = NOT_STEPPING;

  SyncRun(
      Claim claim,
      Supplier<CompletionStage<SyncStep>> nextStep,
      RunSlots slots,
      Executor executor,
      Supplier<Instant> now,
      BiConsumer<SyncRun, RunEnd> onEnd,
      Runnable onLateStep) {
    this.claim = claim;
    this.nextStep = nextStep;
    this.slots = slots;
    this.executor = executor;
    this.now = now;
    this.onEnd = onEnd;
    this.onLateStep = onLateStep;
  }

  Claim claim() {
    return claim;
  }

  /** Starts stepping, as soon as there is a slot. */
  void start() {
    slots.take(this::begin);
  }

  /** Goes on if the run is parked: its turn has come, or there is something new to look at. */
  void wake() {
    synchronized (this) {
      wokenMeanwhile = true;
      if (phase != Phase.PARKED) {
        return;
      }
      phase = Phase.QUEUED;
    }
    slots.take(this::begin);
  }

  /** Ends the run from outside. What its step still does finds the lease lost. */
  void abandon(RunEnd why) {
    end(why);
  }

  /** Since when the run has been in its current step; the distant future if it is in none. */
  synchronized Instant steppingSince() {
    return steppingSince;
  }

  /** The run's turn among the slots has come. */
  private void begin() {
    boolean ended;
    synchronized (this) {
      ended = phase == Phase.ENDED;
      if (!ended) {
        phase = Phase.STEPPING;
      }
    }
    if (ended) {
      slots.giveBack();
    } else {
      step();
    }
  }

  private void step() {
    synchronized (this) {
      if (phase == Phase.ENDED) {
        return;
      }
      wokenMeanwhile = false;
      steppingSince = now.get();
    }
    guarded().whenComplete(this::after);
  }

  private CompletionStage<SyncStep> guarded() {
    try {
      return nextStep.get();
    } catch (RuntimeException | Error e) {
      return failedFuture(e);
    }
  }

  private void after(SyncStep step, Throwable failure) {
    if (hasEnded()) {
      // Given up meanwhile. Whatever the step took hold of must not outlive the run.
      onLateStep.run();
    } else if (failure != null) {
      end(endOf(failure));
    } else if (step instanceof SyncStep.TriedUrl) {
      executor.execute(this::step);
    } else if (step instanceof SyncStep.AllUrlsThrottled throttled) {
      LOG.log(Level.DEBUG, "{0} waits for a permit, {1}", claim.identifier(), throttled.atLeast());
      park();
    } else if (!(step instanceof SyncStep.Complete) && hasNews()) {
      executor.execute(this::step);
    } else {
      end(endOf(step));
    }
  }

  private synchronized boolean hasEnded() {
    return phase == Phase.ENDED;
  }

  /** Whether something came in that the last step may not have seen. */
  private synchronized boolean hasNews() {
    return wokenMeanwhile;
  }

  private void park() {
    boolean parked;
    synchronized (this) {
      if (phase == Phase.ENDED) {
        return;
      }
      parked = !wokenMeanwhile;
      if (parked) {
        phase = Phase.PARKED;
        steppingSince = NOT_STEPPING;
      }
    }
    if (parked) {
      slots.giveBack();
    } else {
      executor.execute(this::step);
    }
  }

  private void end(RunEnd how) {
    Phase before;
    synchronized (this) {
      before = phase;
      phase = Phase.ENDED;
    }
    if (before == Phase.ENDED) {
      return;
    }
    if (before == Phase.STEPPING) {
      slots.giveBack();
    }
    onEnd.accept(this, how);
  }

  private static RunEnd endOf(SyncStep step) {
    if (step instanceof SyncStep.NoMoreUrls) {
      return RunEnd.NO_MORE_URLS;
    }
    return step instanceof SyncStep.Complete ? RunEnd.COMPLETE : RunEnd.NO_PENDING_EVENTS;
  }

  private RunEnd endOf(Throwable failure) {
    if (Failures.cause(failure) instanceof LeaseLostException) {
      return RunEnd.LEASE_LOST;
    }
    LOG.log(
        Level.WARNING,
        "{0}: the run broke off: {1}",
        claim.identifier(),
        Failures.message(failure));
    return RunEnd.FAILED;
  }
}
