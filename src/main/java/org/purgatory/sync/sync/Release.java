package org.purgatory.sync.sync;

import java.util.List;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.EventId;

/**
 * Events that a run found ready to leave purgatory.
 *
 * @param outcome why they leave
 * @param events the events, announcements first
 * @param repositories what changed on their behalf
 * @param sourceUrls where their objects came from in this run
 */
public record Release(
    SyncOutcome outcome,
    List<EventId> events,
    List<RepositoryChange> repositories,
    List<CloneUrl> sourceUrls) {

  /** Copies the lists. */
  public Release {
    events = List.copyOf(events);
    repositories = List.copyOf(repositories);
    sourceUrls = List.copyOf(sourceUrls);
  }
}
