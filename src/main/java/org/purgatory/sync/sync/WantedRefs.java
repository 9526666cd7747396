package org.purgatory.sync.sync;

import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;

/**
 * What the refs of one repository should become.
 *
 * @param state decides over branches, tags and HEAD; empty if they stay as they are
 * @param pullRequests each gets its {@code refs/nostr/<event id>}
 */
public record WantedRefs(Optional<RepositoryState> state, List<PullRequest> pullRequests) {

  /** Copies the list. */
  public WantedRefs {
    pullRequests = List.copyOf(pullRequests);
  }

  /**
   * Whether nothing is wanted.
   *
   * @return true if there is neither a state nor a pull request
   */
  public boolean isEmpty() {
    return state.isEmpty() && pullRequests.isEmpty();
  }
}
