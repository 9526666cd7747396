package org.purgatory.sync.simulation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.WantedRefs;

/**
 * What may be written, and what a result may say: NIP-34's and NIP-01's rules, held against what is
 * on the volume at that moment.
 */
final class Truth {

  private final World world;

  Truth(World world) {
    this.world = world;
  }

  /** Whoever decides over a repository, given who has announced it. */
  private static Set<PublicKey> deciding(OwnerRepository repository, Set<PublicKey> announced) {
    return repository.project.maintainersOf(repository.owner, announced);
  }

  /** The repositories here that an event concerns, given who has announced them. */
  List<OwnerRepository> concerned(GitEvent event, Set<PublicKey> announced) {
    return world.volume.of(event.identifier()).stream()
        .filter(repository -> announced.contains(repository.owner))
        .filter(repository -> concerns(event, repository, deciding(repository, announced)))
        .toList();
  }

  private static boolean concerns(
      GitEvent event, OwnerRepository repository, Set<PublicKey> deciding) {
    if (event instanceof PullRequest request) {
      return request.owners().stream().anyMatch(deciding::contains);
    }
    return event instanceof Announcement
        ? repository.owner.equals(event.author())
        : deciding.contains(event.author());
  }

  /** A ref moves only to where an authorised event points, and never back. */
  void mayBeWritten(OwnerRepository repository, WantedRefs wanted) {
    Set<PublicKey> announced = world.model.of(repository.project.identifier()).owners();
    Set<PublicKey> deciding = deciding(repository, announced);
    wanted
        .state()
        .ifPresent(
            state -> {
              if (!deciding.contains(state.author())) {
                world.trace.violated("a stranger's state is written: " + Action.name(state));
              }
              RepositoryState before = repository.applied();
              if (before != null
                  && deciding.contains(before.author())
                  && GitEvent.REPLACEMENT_ORDER.compare(before, state) > 0) {
                world.trace.violated(
                    "refs roll back from %s to %s"
                        .formatted(Action.name(before), Action.name(state)));
              }
            });
    for (PullRequest request : wanted.pullRequests()) {
      if (!concerns(request, repository, deciding)) {
        world.trace.violated("a stranger's pull request is written: " + Action.name(request));
      }
    }
  }

  /** What was withdrawn never gets into a repository. */
  void stillWait(WantedRefs wanted) {
    wanted.state().filter(state -> !wanted.servedAlready()).ifPresent(this::stillWaits);
    wanted.pullRequests().forEach(this::stillWaits);
  }

  private void stillWaits(GitEvent event) {
    if (!world.model.of(event.identifier()).pending.containsKey(event.id())) {
      world.trace.violated("applied though it does not wait any more: " + Action.name(event));
    }
  }

  /** The event's objects and refs are in every repository that it was seen to concern. */
  void satisfied(GitEvent event) {
    Set<PublicKey> announced = world.model.of(event.identifier()).ownersSeen();
    List<OwnerRepository> concerned = concerned(event, announced);
    if (concerned.isEmpty()) {
      world.trace.violated("satisfied without a repository here: " + Action.name(event));
    }
    for (OwnerRepository repository : concerned) {
      if (!isIn(event, repository)
          && !isUntracked(event, repository, announced)
          && !isOutvoted(event, repository, announced)) {
        world.trace.violated(
            "satisfied, but not in %s's repository: %s"
                .formatted(repository.owner, Action.name(event)));
      }
    }
  }

  private static boolean isIn(GitEvent event, OwnerRepository repository) {
    if (event instanceof PullRequest request) {
      return repository.at(RefName.ofPullRequest(request.id())).equals(Optional.of(request.tip()));
    } else if (event instanceof RepositoryState state) {
      RepositoryState applied = repository.applied();
      return state.refs().isEmpty()
          || applied != null && GitEvent.REPLACEMENT_ORDER.compare(applied, state) >= 0;
    }
    return repository.hasRefs();
  }

  /** An announcement waits for nothing if a maintainer's state names no object. */
  private boolean isUntracked(
      GitEvent event, OwnerRepository repository, Set<PublicKey> announced) {
    Set<PublicKey> deciding = deciding(repository, announced);
    return event instanceof Announcement
        && world.model.of(event.identifier()).everSeen.stream()
            .filter(RepositoryState.class::isInstance)
            .anyMatch(state -> state.oids().isEmpty() && deciding.contains(state.author()));
  }

  /** A newer state of the repository's maintainers waits or is known. */
  private boolean isOutvoted(GitEvent event, OwnerRepository repository, Set<PublicKey> announced) {
    Set<PublicKey> deciding = deciding(repository, announced);
    return event instanceof RepositoryState
        && world.model.of(event.identifier()).everSeen.stream()
            .filter(RepositoryState.class::isInstance)
            .filter(other -> deciding.contains(other.author()))
            .anyMatch(other -> GitEvent.REPLACEMENT_ORDER.compare(other, event) > 0);
  }

  /** Only what something newer has replaced is rejected. */
  void rejected(GitEvent event) {
    QueuedIdentifier one = world.model.of(event.identifier());
    boolean replaced =
        one.everSeen.stream()
            .filter(other -> other.getClass() == event.getClass())
            .filter(other -> GitEvent.REPLACEMENT_ORDER.compare(other, event) > 0)
            .anyMatch(other -> areOfOneRepository(one, event, other));
    if (event instanceof PullRequest || !replaced) {
      world.trace.violated("rejected though nothing newer is there: " + Action.name(event));
    }
  }

  /** The run decides by what it saw: an announcement may have been withdrawn since. */
  private boolean areOfOneRepository(QueuedIdentifier one, GitEvent event, GitEvent other) {
    Set<PublicKey> announced = new TreeSet<>(one.owners());
    announced.addAll(one.ownersSeen());
    return other.author().equals(event.author())
        || event instanceof RepositoryState
            && world.volume.of(one.identifier).stream()
                .map(repository -> deciding(repository, announced))
                .anyMatch(d -> d.contains(event.author()) && d.contains(other.author()));
  }
}
