package org.purgatory.sync.git;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RepositoryException;

/** Looks what an owner's repository is like, and tells the operator of one that is broken. */
final class RepositoryLook {

  private final Volume volume;
  private final AppliedStates applied;
  private final Complaints complaints;
  private final boolean createMissing;

  /**
   * Prepares to look.
   *
   * @param createMissing whether a repository that is not here counts as an empty one
   */
  RepositoryLook(
      Volume volume, AppliedStates applied, Complaints complaints, boolean createMissing) {
    this.volume = volume;
    this.applied = applied;
    this.complaints = complaints;
    this.createMissing = createMissing;
  }

  /**
   * Looks at a repository. One owner's broken repository must not hold up the others, who cannot
   * repair it.
   *
   * @return empty if it is not here
   */
  Optional<HostedRepository> at(PublicKey owner, RepositoryIdentifier identifier) {
    String path = volume.relativePath(owner, identifier);
    try {
      Optional<Repository> here = volume.openIfHosted(owner, identifier);
      Optional<HostedRepository> found =
          here.isPresent() ? Optional.of(look(here.get(), path)) : toBeMade();
      complaints.settle(path);
      return found;
    } catch (RepositoryException e) {
      return broken(path, e.getMessage());
    } catch (IOException e) {
      return broken(
          path,
          path
              + " cannot be opened: see whether this process may read it and what git fsck says: "
              + e);
    }
  }

  private Optional<HostedRepository> broken(String path, String problem) {
    complaints.about(path, "Events wait for a repository: " + problem);
    return Optional.of(HostedRepository.broken(problem));
  }

  /** Made once there is something to put into it: anybody can announce anything. */
  private Optional<HostedRepository> toBeMade() {
    return createMissing ? Optional.of(HostedRepository.usable(false)) : Optional.empty();
  }

  private HostedRepository look(Repository repository, String path) throws IOException {
    CurrentRefs current;
    try (repository) {
      current = CurrentRefs.read(repository);
    }
    // Where there is no branch there is nothing to roll back: the host has made it anew.
    Optional<AppliedStates.Entry> last = current.hasTracked() ? applied.of(path) : Optional.empty();
    return new HostedRepository(
        current.hasAny(),
        AppliedStates.standing(current, last),
        last.map(AppliedStates.Entry::state),
        Optional.empty());
  }
}
