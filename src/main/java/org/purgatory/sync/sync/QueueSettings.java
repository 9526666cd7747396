package org.purgatory.sync.sync;

import java.time.Duration;

/**
 * The queue's rules, the same for every store.
 *
 * @param backoff how long an identifier waits after a run that left events behind
 * @param expiry how long an event waits at the most
 * @param expiredMemory how long an expired event's id is remembered
 * @param lease how long a claim lasts without being renewed
 * @param maxIdentifiers how many identifiers the queue holds at the most
 * @param maxEventsPerIdentifier how many events of one identifier wait at the most
 * @param resultRetention how long results are kept
 * @param maxResults how many results are kept at the most
 */
public record QueueSettings(
    Backoff backoff,
    Duration expiry,
    Duration expiredMemory,
    Duration lease,
    int maxIdentifiers,
    int maxEventsPerIdentifier,
    Duration resultRetention,
    int maxResults) {

  /**
   * How long an announcement that expired is kept for revival by a late state; at the most as long
   * as its identifier is remembered, which is {@code resultRetention} after it left the queue.
   */
  public static final Duration DORMANCY = Duration.ofHours(24);
}
