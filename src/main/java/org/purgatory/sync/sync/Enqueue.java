package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.List;
import org.purgatory.sync.nostr.GitEvent;

/**
 * Events to take in, all or none.
 *
 * @param pending events that wait for git data, without repetition
 * @param known announcements and states that the relay serves already
 * @param delay how long to wait before the first attempt
 * @param readmit whether to take events back that expired before
 */
public record Enqueue(
    List<GitEvent> pending, List<GitEvent> known, Duration delay, boolean readmit) {

  /** Copies the lists. */
  public Enqueue {
    pending = List.copyOf(pending);
    known = List.copyOf(known);
  }
}
