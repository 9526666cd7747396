package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.Set;
import org.purgatory.sync.nostr.EventId;

/**
 * Events that a run may apply now: until they are published, the run ends or its claim is lost,
 * they can neither be withdrawn nor expire.
 *
 * @param events those of the events asked for that still wait
 * @param heldFor how long the claim lasts from now, if it is not renewed
 */
public record Begun(Set<EventId> events, Duration heldFor) {

  /** Copies the set. */
  public Begun {
    events = Set.copyOf(events);
  }
}
