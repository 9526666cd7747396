package org.purgatory.sync.git;

import java.util.Optional;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RefTarget;

/**
 * One ref's change.
 *
 * @param name the ref
 * @param before what it is now, which the change depends on; empty if there is no such ref
 * @param after where it shall point; empty if it shall be deleted
 * @param reason the event that wants it
 */
record RefCommand(RefName name, Optional<RefTarget> before, Optional<Oid> after, EventId reason) {

  boolean isDelete() {
    return after.isEmpty();
  }

  /** Whether the ref points at another ref now. */
  boolean replacesSymbolic() {
    return before.isPresent() && before.get().oid().isEmpty();
  }

  /** The object that the ref points at itself, if it does. */
  Optional<Oid> oidBefore() {
    return before.flatMap(RefTarget::oid);
  }
}
