package org.purgatory.sync.sync;

import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.GitEvent;

/**
 * A pending event that a newer one has made void.
 *
 * @param event the event
 * @param reason what it gave way to; a sentence for a person, fit for anyone to read
 */
record Superseded(GitEvent event, String reason) {

  /** Gave way to a newer one of the same author (NIP-01). */
  static Superseded replaced(GitEvent event, GitEvent by) {
    String kind = by instanceof Announcement ? "announcement" : "state";
    return new Superseded(event, "replaced by " + kind + " " + by.id() + " of the same author");
  }

  /** Gave way to a newer state of another maintainer. */
  static Superseded outvoted(GitEvent event, GitEvent by) {
    return new Superseded(event, "superseded by state " + by.id() + " of " + by.author().npub());
  }

  /** Comes too late: the volume has been brought to a newer state already. */
  static Superseded late(GitEvent event, AppliedState applied) {
    return new Superseded(
        event,
        "the volume already has a newer state, " + applied.id() + " of " + applied.author().npub());
  }
}
