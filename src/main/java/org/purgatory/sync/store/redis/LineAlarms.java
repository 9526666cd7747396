package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Timer;

/**
 * One alarm for each domain in whose line somebody stands: for when time alone frees something
 * there, and at the latest when the places must be kept. Thread-safe.
 */
final class LineAlarms {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Timer timer;
  private final Duration longest;
  private final Consumer<Domain> onAlarm;
  private final Map<Domain, Runnable> cancels = new HashMap<>();

  LineAlarms(Timer timer, Duration longest, Consumer<Domain> onAlarm) {
    this.timer = timer;
    this.longest = longest;
    this.onAlarm = onAlarm;
  }

  /** Sets the alarm anew, as this is the latest that is known. */
  void set(Domain domain, Optional<Duration> untilChange) {
    Duration wait = untilChange.filter(w -> w.compareTo(longest) < 0).orElse(longest);
    schedule(domain, wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait);
  }

  /** Rings again soon, as it could not be found out what there is to wait for. */
  void setAgain(Domain domain) {
    schedule(domain, AFTER_FAILURE);
  }

  synchronized void cancel(Domain domain) {
    Runnable cancel = cancels.remove(domain);
    if (cancel != null) {
      cancel.run();
    }
  }

  private synchronized void schedule(Domain domain, Duration wait) {
    cancel(domain);
    cancels.put(domain, timer.schedule(wait, () -> onAlarm.accept(domain)));
  }
}
