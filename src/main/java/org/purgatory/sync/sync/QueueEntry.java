package org.purgatory.sync.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An identifier's place in the queue, as a value with the transitions that DESIGN calls queue
 * semantics.
 *
 * <p>Invariants: {@code dueAgain} is set only while a run is in progress. It remembers that an
 * event arrived during the run, so that the run's backoff cannot swallow the wake-up of that event.
 *
 * @param nextAttempt when the identifier is due
 * @param attemptCount runs that left events behind since an event last arrived
 * @param inProgress whether a run is in progress
 * @param dueAgain when the identifier is due again because of events that arrived during the run
 */
public record QueueEntry(
    Instant nextAttempt, int attemptCount, boolean inProgress, Optional<Instant> dueAgain) {

  /**
   * The entry of an identifier whose first event just arrived.
   *
   * @param now the time
   * @param delay how long the event is to wait for a push
   * @return the entry
   */
  public static QueueEntry firstEvent(Instant now, Duration delay) {
    return new QueueEntry(now.plus(delay), 0, false, Optional.empty());
  }

  /**
   * A further event, or a trigger: attempts start again, and the next one only ever moves forward.
   *
   * @param now the time
   * @param delay how long the event is to wait
   * @return the entry after it
   */
  public QueueEntry eventArrived(Instant now, Duration delay) {
    Instant due = now.plus(delay);
    return inProgress
        ? new QueueEntry(nextAttempt, 0, true, Optional.of(earlier(dueAgain.orElse(due), due)))
        : new QueueEntry(earlier(nextAttempt, due), 0, false, Optional.empty());
  }

  /**
   * A run starts.
   *
   * @return the entry during the run
   */
  public QueueEntry runStarted() {
    return new QueueEntry(nextAttempt, attemptCount, true, Optional.empty());
  }

  /**
   * A run ends.
   *
   * @param anythingPending whether events of the identifier wait, known in the same atomic step, so
   *     that an event that arrived a moment ago counts
   * @param now the time
   * @param backoff how long events that were tried in vain wait
   * @return the entry after the run, or empty if it leaves the queue
   */
  public Optional<QueueEntry> runEnded(boolean anythingPending, Instant now, Backoff backoff) {
    if (!anythingPending) {
      return Optional.empty();
    }
    // Attempts that an event did not see are not counted against it.
    int attempts = dueAgain.isPresent() ? 0 : attemptCount + 1;
    Instant retry = now.plus(backoff.after(Math.max(1, attempts)));
    Instant next = dueAgain.map(due -> earlier(due, retry)).orElse(retry);
    return Optional.of(new QueueEntry(next, attempts, false, Optional.empty()));
  }

  /**
   * When the next run is due, as far as is known now.
   *
   * @return the time of the attempt after the run in progress, or else of the next one
   */
  public Instant due() {
    return dueAgain.orElse(nextAttempt);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
