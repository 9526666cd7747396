package org.purgatory.sync.grpc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.purgatory.sync.sync.Timer;

/**
 * Rings whenever a stream has sent nothing for an interval. Sending only notes the time; the timer
 * looks at it when it runs out, so that a busy stream does not move a timer with every message. Not
 * thread-safe: used on, and rings on, one thread.
 */
final class QuietAlarm {

  private final Clock clock;
  private final Timer timer;
  private final Duration interval;
  private final Executor thread;
  private final Runnable onQuiet;
  private Instant lastSent;
  private Runnable cancel = () -> {};

  QuietAlarm(Clock clock, Timer timer, Duration interval, Executor thread, Runnable onQuiet) {
    this.clock = clock;
    this.timer = timer;
    this.interval = interval;
    this.thread = thread;
    this.onQuiet = onQuiet;
  }

  void start() {
    sent();
    set(interval);
  }

  void sent() {
    lastSent = clock.instant();
  }

  void stop() {
    cancel.run();
  }

  private void ranOut() {
    Duration quiet = Duration.between(lastSent, clock.instant());
    // A clock that was put back counts as quiet: ringing once too often does no harm.
    if (quiet.compareTo(interval) >= 0 || quiet.isNegative()) {
      set(interval);
      onQuiet.run();
    } else {
      set(interval.minus(quiet));
    }
  }

  private void set(Duration delay) {
    cancel = timer.schedule(delay, () -> thread.execute(this::ranOut));
  }
}
