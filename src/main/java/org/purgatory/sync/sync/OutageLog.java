package org.purgatory.sync.sync;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the operator that something fails which is tried again and again: once when that begins and
 * once when it is over, however many calls there are in between. Thread-safe.
 *
 * <p>It is over when a call works and none has failed for a while: of a store that answers only now
 * and then, every failure would be the first one.
 */
public final class OutageLog {

  /** Longer than the pause between two attempts. */
  private static final Duration CALM = Duration.ofSeconds(5);

  private final Logger log;
  private final Clock clock;
  private final String what;

  /** Read without the lock, as most calls work. */
  private volatile boolean failing;

  private Instant first;
  private Instant last;

  /**
   * Begins with what works.
   *
   * @param log where to tell it
   * @param clock the one clock
   * @param what what may fail, in the form "Claiming work"
   */
  public OutageLog(Logger log, Clock clock, String what) {
    this.log = log;
    this.clock = clock;
    this.what = what;
  }

  /**
   * Hears how a call ended.
   *
   * @param result ignored
   * @param failure why it failed, or null if it worked
   */
  public void ended(Object result, Throwable failure) {
    if (failure == null) {
      worked();
    } else {
      failed(failure);
    }
  }

  /** Hears of a call that worked. */
  public void worked() {
    if (failing) {
      recover(clock.instant());
    }
  }

  /**
   * Hears of a call that failed.
   *
   * @param failure why
   */
  public synchronized void failed(Throwable failure) {
    last = clock.instant();
    if (!failing) {
      failing = true;
      first = last;
      tell(Failures.cause(failure));
    }
  }

  private synchronized void recover(Instant now) {
    if (failing && !now.isBefore(last.plus(CALM))) {
      failing = false;
      long seconds = Duration.between(first, last).toSeconds();
      log.log(Level.INFO, "{0} works again, after failing for {1} s", what, seconds);
    }
  }

  /** What nobody foresaw comes with its stack trace; an unavailable store explains itself. */
  private void tell(Throwable cause) {
    String message = what + " fails (said once, until it works again): " + Failures.message(cause);
    log.log(
        Level.WARNING, () -> message, cause instanceof StoreUnavailableException ? null : cause);
  }
}
