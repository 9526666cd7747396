package org.purgatory.sync.sync;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;

/**
 * What the pending events want from one owner's repository.
 *
 * @param family the family it belongs to
 * @param owner whose repository it is
 * @param state the pending state that decides over it, if the newest state of its maintainers is a
 *     pending one
 * @param pullRequests the pending pull requests that are for it
 */
record RepositoryPlan(
    FamilyRepositories family,
    PublicKey owner,
    Optional<RepositoryState> state,
    List<PullRequest> pullRequests) {

  /** The events that concern the repository. */
  Stream<GitEvent> events() {
    return Stream.concat(state.stream(), pullRequests.stream());
  }
}
