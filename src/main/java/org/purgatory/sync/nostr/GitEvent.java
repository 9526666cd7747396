package org.purgatory.sync.nostr;

import java.util.Comparator;
import java.util.Set;

/** A nostr event about a git repository (NIP-34), read into types that cannot hold a bad value. */
public sealed interface GitEvent permits Announcement, RepositoryState, PullRequest {

  /**
   * The order of replaceable events: the one that replaces comes last. The newest {@code
   * created_at} wins, and on a tie the lowest id (NIP-01).
   */
  Comparator<GitEvent> REPLACEMENT_ORDER =
      Comparator.<GitEvent>comparingLong(e -> e.event().createdAt())
          .thenComparing(GitEvent::id, Comparator.reverseOrder());

  /** The event itself. */
  NostrEvent event();

  /** The identifier under which the event queues. */
  RepositoryIdentifier identifier();

  /** The objects that must be here, with all that they reach, before the event can be served. */
  Set<Oid> oids();

  /** The event's id. */
  default EventId id() {
    return event().id();
  }

  /** Who signed the event. */
  default PublicKey author() {
    return event().author();
  }
}
