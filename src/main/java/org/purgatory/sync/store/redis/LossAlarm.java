package org.purgatory.sync.store.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Says so when Redis has lost the group's data: nobody else would, as an empty database is a
 * working one.
 */
final class LossAlarm {

  private static final Logger LOG = System.getLogger(LossAlarm.class.getName());

  private final String lost;

  /** When the database was first used, as it was last seen. */
  private final AtomicReference<String> born = new AtomicReference<>();

  /**
   * Has seen nothing yet.
   *
   * @param lost the pattern of the keys that are watched over
   */
  LossAlarm(String lost) {
    this.lost = lost;
  }

  /**
   * Takes note of a database.
   *
   * @param bornNow when it was first used; another time than before if it was emptied since
   */
  void saw(String bornNow) {
    String bornBefore = born.getAndSet(bornNow);
    if (bornBefore != null && !bornBefore.equals(bornNow)) {
      LOG.log(
          Level.WARNING,
          "Redis has lost the group''s data ({0}): it was emptied, or restarted without what it had"
              + " saved. The queue starts afresh. Relays must hand in again all events that they hold"
              + " back, and begin a new stream of results; see that Redis persists its data, and that"
              + " nobody calls FLUSHALL.",
          lost);
    }
  }
}
