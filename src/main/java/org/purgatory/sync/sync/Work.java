package org.purgatory.sync.sync;

import java.util.List;
import org.purgatory.sync.nostr.GitEvent;

/**
 * What there is to know about an identifier, as of now.
 *
 * @param pending the events that wait, oldest first
 * @param known the announcements and states that the relay serves already, the newest of each
 *     author
 */
public record Work(List<PendingEvent> pending, List<GitEvent> known) {

  /** Copies the lists. */
  public Work {
    pending = List.copyOf(pending);
    known = List.copyOf(known);
  }
}
