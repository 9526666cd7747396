package org.purgatory.sync.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.EventId;

/**
 * Events that a run found ready to leave purgatory.
 *
 * @param outcome why they leave
 * @param events the events, announcements first; dormant ones may be among those that are satisfied
 * @param repositories what changed on their behalf
 * @param sourceUrls where their objects came from in this run
 * @param reasons why each leaves unsatisfied, one line each; none if they are satisfied
 */
public record Release(
    SyncOutcome outcome,
    List<EventId> events,
    List<RepositoryChange> repositories,
    List<CloneUrl> sourceUrls,
    Map<EventId, String> reasons) {

  private static final int LONGEST_REASON = 300;

  /** Copies the collections. */
  public Release {
    events = List.copyOf(events);
    repositories = List.copyOf(repositories);
    sourceUrls = List.copyOf(sourceUrls);
    Map<EventId, String> lines = new HashMap<>();
    reasons.forEach((event, reason) -> lines.put(event, OneLine.of(reason, LONGEST_REASON)));
    reasons = Map.copyOf(lines);
  }

  /**
   * Why an event leaves unsatisfied.
   *
   * @param event the event
   * @return the reason, or an empty text if there is none to give
   */
  public String reasonOf(EventId event) {
    return reasons.getOrDefault(event, "");
  }
}
