package org.purgatory.sync.sync;

import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * A page of the queue.
 *
 * @param statuses the entries, in the store's fixed order of identifiers; may be fewer than asked
 *     for, or none, although there are more
 * @param next the last identifier that was looked at, if there are more behind it
 * @param total how many identifiers are in the queue, in whatever phase
 */
public record StatusPage(
    List<SyncStatus> statuses, Optional<RepositoryIdentifier> next, long total) {

  /** Copies the list. */
  public StatusPage {
    statuses = List.copyOf(statuses);
  }
}
