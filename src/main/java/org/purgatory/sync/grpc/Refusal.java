package org.purgatory.sync.grpc;

import java.time.Duration;
import java.util.List;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.ResultPosition;

/** Why a call was refused: the closed set of failures that a client can do something about. */
sealed interface Refusal {

  /**
   * The request is not what the contract allows.
   *
   * @param violations what is wrong, as much as fits an answer; not empty
   * @param count how many violations there are in all
   */
  record BadInput(List<Violation> violations, int count) implements Refusal {
    /** Copies the list. */
    public BadInput {
      violations = List.copyOf(violations);
    }
  }

  /**
   * A bound of the queue is reached.
   *
   * @param reason which bound
   * @param retryAfter when it may be worth trying again
   */
  record QueueFull(String reason, Duration retryAfter) implements Refusal {}

  /**
   * There is no such place yet, so nothing up to it can have been dealt with.
   *
   * @param place the client's place
   * @param oldest the oldest place that can be resumed from
   */
  record PlaceAhead(ResultPosition place, ResultPosition oldest) implements Refusal {}

  /**
   * Results behind the client's place are gone, or were never there.
   *
   * @param place the client's place
   * @param oldest the oldest place that can be resumed from
   */
  record PlaceGone(ResultPosition place, ResultPosition oldest) implements Refusal {}

  /**
   * There is nothing to tell of an identifier.
   *
   * @param identifier which
   */
  record NotQueued(RepositoryIdentifier identifier) implements Refusal {}
}
