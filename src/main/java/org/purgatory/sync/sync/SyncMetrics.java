package org.purgatory.sync.sync;

import java.time.Duration;
import org.purgatory.sync.nostr.Domain;

/** Port to the meters. All calls return at once. */
public interface SyncMetrics {

  /** The store is so full. */
  void usage(Usage usage);

  /** A request was taken in, or refused because a bound is reached. */
  void enqueued(EnqueueOutcome outcome);

  /** A run ended. */
  void runEnded(RunEnd end);

  /** A fetch started. */
  void fetchStarted(Domain domain);

  /** A fetch ended, with what it brought or why it failed. */
  void fetchEnded(Domain domain, FetchResult result);

  /** A clone URL was passed over, as its server could not be reached lately. */
  void fetchSkipped();

  /** A server asked for patience, and its domain is left alone for a while. */
  void askedForPatience();

  /** An identifier waits so long for its next attempt, because a run left events behind. */
  void backoff(Duration wait);
}
