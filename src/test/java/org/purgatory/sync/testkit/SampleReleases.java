package org.purgatory.sync.testkit;

import java.util.List;
import java.util.Map;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.SyncOutcome;

/** Releases of events for which no repository changed and nothing was fetched. */
public final class SampleReleases {

  private SampleReleases() {}

  /** A release of satisfied events. */
  public static Release satisfying(EventId... events) {
    return satisfying(List.of(events));
  }

  /** A release of satisfied events. */
  public static Release satisfying(List<EventId> events) {
    return new Release(SyncOutcome.SATISFIED, events, List.of(), List.of(), Map.of());
  }
}
