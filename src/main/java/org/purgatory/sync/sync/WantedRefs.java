package org.purgatory.sync.sync;

import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;

/**
 * What the refs of one repository should become.
 *
 * @param state decides over branches, tags and HEAD; empty if they stay as they are
 * @param servedAlready whether the relay serves that state already, so that it must not undo what
 *     somebody else has brought there since
 * @param pullRequests each gets its {@code refs/nostr/<event id>}
 */
public record WantedRefs(
    Optional<RepositoryState> state, boolean servedAlready, List<PullRequest> pullRequests) {

  /** Nothing. */
  public static final WantedRefs NOTHING = new WantedRefs(Optional.empty(), false, List.of());

  /** Copies the list. */
  public WantedRefs {
    pullRequests = List.copyOf(pullRequests);
  }

  /**
   * The same, but for the state.
   *
   * @return what is wanted of pull requests
   */
  public WantedRefs withoutState() {
    return new WantedRefs(Optional.empty(), false, pullRequests);
  }

  /**
   * The same state with other pull requests.
   *
   * @param others the pull requests
   * @return what is wanted then
   */
  public WantedRefs with(List<PullRequest> others) {
    return new WantedRefs(state, servedAlready, others);
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
