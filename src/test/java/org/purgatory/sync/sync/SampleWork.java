package org.purgatory.sync.sync;

import java.time.Instant;
import java.util.List;
import org.purgatory.sync.nostr.GitEvent;

/** Work without dormant announcements, for tests of what is made of it. */
final class SampleWork {

  private SampleWork() {}

  /**
   * Work whose events wait since the epoch.
   *
   * @param pending the events that wait, oldest first
   * @param known what the relay serves already
   */
  static Work work(List<GitEvent> pending, List<GitEvent> known) {
    List<PendingEvent> waiting =
        pending.stream().map(event -> new PendingEvent(event, Instant.EPOCH)).toList();
    return new Work(waiting, known, List.of());
  }
}
