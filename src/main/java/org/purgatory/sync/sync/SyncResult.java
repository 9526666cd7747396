package org.purgatory.sync.sync;

import java.time.Instant;
import java.util.List;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * Events of one identifier that left purgatory together.
 *
 * @param identifier the identifier
 * @param outcome why they left
 * @param released the events, announcements first
 * @param repositories what changed in the relay's repositories
 * @param attempts runs since an event last arrived, the last one included
 * @param completedAt when the result was stored, by the store's clock
 * @param sourceUrls where objects came from
 */
public record SyncResult(
    RepositoryIdentifier identifier,
    SyncOutcome outcome,
    List<ReleasedEvent> released,
    List<RepositoryChange> repositories,
    int attempts,
    Instant completedAt,
    List<CloneUrl> sourceUrls) {

  /** Copies the lists. */
  public SyncResult {
    released = List.copyOf(released);
    repositories = List.copyOf(repositories);
    sourceUrls = List.copyOf(sourceUrls);
  }
}
