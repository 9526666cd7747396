package org.purgatory.sync.sync;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;

/**
 * What is wanted from one owner's repository.
 *
 * @param family the family it belongs to
 * @param owner whose repository it is
 * @param state the pending state that decides over it, if the newest state of its maintainers is a
 *     pending one
 * @param served the state that decides over it though the relay serves it already: the repository
 *     has not had it, as it is new, or as its maintainers were others then
 * @param pullRequests the pending pull requests that are for it
 */
record RepositoryPlan(
    FamilyRepositories family,
    PublicKey owner,
    Optional<RepositoryState> state,
    Optional<RepositoryState> served,
    List<PullRequest> pullRequests) {

  /** The pending events that concern the repository. */
  Stream<GitEvent> events() {
    return Stream.concat(state.stream(), pullRequests.stream());
  }

  /** The pending events, and the state that is served already. */
  Stream<GitEvent> all() {
    return Stream.concat(events(), served.stream());
  }

  /** The objects that the repository is to have. */
  Set<Oid> oids() {
    return all().flatMap(event -> event.oids().stream()).collect(Collectors.toSet());
  }

  /** What the refs should become, of what can be done. */
  WantedRefs wanted(Predicate<GitEvent> possible) {
    return new WantedRefs(
        state.or(() -> served).filter(possible),
        served.isPresent(),
        pullRequests.stream().filter(possible).toList());
  }
}
