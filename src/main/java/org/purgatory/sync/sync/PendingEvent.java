package org.purgatory.sync.sync;

import java.time.Instant;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;

/**
 * An event in purgatory.
 *
 * @param event the event
 * @param enteredAt when it came in, by the store's clock
 */
public record PendingEvent(GitEvent event, Instant enteredAt) {

  /**
   * The event's id.
   *
   * @return the id
   */
  public EventId id() {
    return event.id();
  }
}
