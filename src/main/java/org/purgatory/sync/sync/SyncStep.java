package org.purgatory.sync.sync;

import java.time.Duration;
import org.purgatory.sync.nostr.CloneUrl;

/** What one step of a run came to. */
public sealed interface SyncStep {

  /**
   * A server was asked.
   *
   * @param url where
   * @param oidsFetched how many of the objects asked for came, zero if the fetch failed
   */
  record TriedUrl(CloneUrl url, int oidsFetched) implements SyncStep {}

  /**
   * There are URLs to try, but all their domains are at their limits.
   *
   * @param atLeast how long that will last
   */
  record AllUrlsThrottled(Duration atLeast) implements SyncStep {}

  /** Events still wait, and every URL was tried that could help, or must not be tried now. */
  record NoMoreUrls() implements SyncStep {}

  /** The last event that waited was released, and the identifier left the queue with it. */
  record Complete() implements SyncStep {}

  /** No event waits any more. */
  record NoPendingEvents() implements SyncStep {}
}
