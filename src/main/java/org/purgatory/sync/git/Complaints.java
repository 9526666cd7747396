package org.purgatory.sync.git;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the operator what is wrong with a repository: once, and again if something else is wrong or
 * an hour has gone by, however often it is looked at. Thread-safe.
 */
final class Complaints {

  private static final Duration AGAIN = Duration.ofHours(1);

  /** Beyond that some are told more often. */
  private static final int MOST = 10_000;

  private final Logger log;
  private final Clock clock;
  private final Map<String, Complaint> told = new HashMap<>();

  Complaints(Logger log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Something is wrong with a repository. */
  synchronized void about(String path, String text) {
    Instant now = clock.instant();
    Complaint before = told.get(path);
    if (before != null && before.text().equals(text) && now.isBefore(before.at().plus(AGAIN))) {
      return;
    }
    if (told.size() >= MOST) {
      told.clear();
    }
    told.put(path, new Complaint(text, now));
    log.log(Level.WARNING, () -> text);
  }

  /** Nothing is wrong with a repository. */
  synchronized void settle(String path) {
    if (told.remove(path) != null) {
      log.log(Level.INFO, "{0} is well again", path);
    }
  }

  private record Complaint(String text, Instant at) {}
}
