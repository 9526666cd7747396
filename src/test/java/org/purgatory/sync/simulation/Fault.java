package org.purgatory.sync.simulation;

import java.time.Duration;

/**
 * Something that goes wrong, or happens, at the worst moment: when an operation is done for the
 * so-manieth time.
 *
 * @param operation the operation's name, as the port has it
 * @param occurrence which time, from 1
 * @param effect what happens then
 * @param length how long it lasts, if it lasts
 */
record Fault(String operation, int occurrence, Effect effect, Duration length) {

  /** What may happen. */
  enum Effect {
    /** The store is not reached: it did nothing, and the caller hears of a failure. */
    REFUSED,
    /** The store did it, and the caller hears of a failure. */
    ANSWER_LOST,
    /** The caller hears of a failure, and the store does it later. */
    DONE_LATE,
    /** The store does it twice. */
    DONE_TWICE,
    /** The answer takes long, and with it all those that follow on the connection. */
    ANSWERED_LATE,
    /** The replica dies before the store did it. */
    CRASH_BEFORE,
    /** The replica dies after the store did it, and before it hears of that. */
    CRASH_AFTER,
    /** The replica stands still before it hears the answer. */
    PAUSE,
    /** An event of the identifier, or else a trigger, comes in right before. */
    NEWS_BEFORE,
    /** An event of the identifier, or else a trigger, comes in right after. */
    NEWS_AFTER;

    /** Whether it means anything for what is not an operation of the store. */
    boolean isOfTheReplica() {
      return this == CRASH_BEFORE || this == CRASH_AFTER || this == PAUSE;
    }

    /** Whether anything goes wrong with it. */
    boolean isTrouble() {
      return this != NEWS_BEFORE && this != NEWS_AFTER;
    }
  }
}
