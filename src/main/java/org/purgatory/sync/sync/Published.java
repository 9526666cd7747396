package org.purgatory.sync.sync;

import java.util.Set;
import org.purgatory.sync.nostr.EventId;

/**
 * What publishing came to.
 *
 * @param released the events that were released now
 * @param runEnded whether the claim holds nothing any more: no event of the identifier waits, so
 *     that the identifier left the queue in the same step, or the claim was lost before
 */
public record Published(Set<EventId> released, boolean runEnded) {

  /** The claim was lost: nothing was published. */
  public static final Published LOST = new Published(Set.of(), true);

  /** Copies the set. */
  public Published {
    released = Set.copyOf(released);
  }
}
