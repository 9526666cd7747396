package org.purgatory.sync.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * An identifier's place in the queue, and what its runs have told so far.
 *
 * @param identifier the identifier
 * @param phase what it does now
 * @param attemptCount runs that left events behind since an event last arrived
 * @param nextAttempt when it is due; empty during a run behind which nothing asked for another one
 * @param pending the events that wait, oldest first
 * @param expiresAt when the first of them expires, if any waits
 * @param seen what a run saw when it last looked
 * @param lastAttempts the last fetches, newest first
 */
public record SyncStatus(
    RepositoryIdentifier identifier,
    SyncPhase phase,
    int attemptCount,
    Optional<Instant> nextAttempt,
    List<EventId> pending,
    Optional<Instant> expiresAt,
    RunNote.Seen seen,
    List<Tried> lastAttempts) {

  /** Copies the lists. */
  public SyncStatus {
    pending = List.copyOf(pending);
    lastAttempts = List.copyOf(lastAttempts);
  }

  /**
   * A fetch that ended.
   *
   * @param attempt what came of it
   * @param at when it ended, by the store's clock
   */
  public record Tried(Attempt attempt, Instant at) {}
}
