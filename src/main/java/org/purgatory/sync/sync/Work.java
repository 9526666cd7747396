package org.purgatory.sync.sync;

import java.util.List;
import org.purgatory.sync.nostr.GitEvent;

/**
 * What there is to know about an identifier, as of now.
 *
 * @param pending the events that wait, oldest first
 * @param known the announcements and states that the relay serves already, the newest of each
 *     author
 * @param dormant announcements that expired a short while ago, one of each author: they count as
 *     waiting ones do, and a satisfied event of theirs releases them after all
 */
public record Work(List<PendingEvent> pending, List<GitEvent> known, List<GitEvent> dormant) {

  /** Copies the lists. */
  public Work {
    pending = List.copyOf(pending);
    known = List.copyOf(known);
    dormant = List.copyOf(dormant);
  }
}
