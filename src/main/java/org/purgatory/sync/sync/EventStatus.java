package org.purgatory.sync.sync;

import java.time.Instant;
import java.util.Optional;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * What became of an event that was handed in.
 *
 * @param id the event
 * @param identifier the identifier it belongs to
 * @param state its place now
 * @param nextAttempt when its identifier is due, if it waits
 */
public record EventStatus(
    EventId id, RepositoryIdentifier identifier, State state, Optional<Instant> nextAttempt) {

  /** The place of an event in its life here. */
  public enum State {
    /** It is new and waits. */
    QUEUED,
    /** It waited already. */
    ALREADY_PENDING,
    /** It was released already: a result holds it. */
    SATISFIED,
    /** It expired before and was not readmitted. */
    EXPIRED
  }
}
