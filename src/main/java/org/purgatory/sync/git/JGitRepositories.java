package org.purgatory.sync.git;

import java.io.IOException;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.Fence;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.sync.WantedRefs;

/** The relay's repositories on the shared volume, by JGit. */
public final class JGitRepositories implements GitRepositories {

  private static final Logger LOG = System.getLogger(JGitRepositories.class.getName());

  private final Volume volume;
  private final Quarantines quarantines;
  private final Executor executor;
  private final RepositoryLocks locks;
  private final AppliedStates applied;
  private final RepositoryCreation creation;
  private final boolean createMissing;
  private final RepositoryLook look;

  /**
   * Works on the given volume.
   *
   * @param settings where the repositories are
   * @param quarantines where fetched objects are
   * @param executor runs what blocks; no piece of that waits for another
   * @param clock tells how old left-over locks are
   */
  public JGitRepositories(
      GitSettings settings, Quarantines quarantines, Executor executor, Clock clock) {
    IsolatedSystemReader.install();
    this.volume = new Volume(settings);
    this.quarantines = quarantines;
    this.executor = executor;
    this.applied = new AppliedStates(volume);
    this.creation = new RepositoryCreation(volume, quarantines);
    this.createMissing = settings.createMissing();
    this.look = new RepositoryLook(volume, applied, new Complaints(LOG, clock), createMissing);
    this.locks = new RepositoryLocks(volume, clock, Pause.RANDOM);
  }

  /**
   * Deletes what processes that were killed have left: of their attempts, and in the relay's
   * repositories what they meant to take away again. Blocks.
   *
   * @throws IOException if something could not be deleted
   */
  public void removeLeftOvers() throws IOException {
    quarantines.removeLeftOvers();
    locks.sweep();
  }

  /**
   * Makes sure that there is a place for fetched objects.
   *
   * @throws IOException if the git root cannot be written to
   */
  public void requireWritable() throws IOException {
    quarantines.requireWritable();
  }

  /**
   * Makes JGit ready, so that the first real work does not pay for it: loads its classes, and
   * measures the file system. Without network; blocks for up to a second.
   *
   * @throws IOException if the git root cannot be written to
   */
  public void warmUp() throws IOException {
    WarmUp.run(quarantines);
  }

  @Override
  public CompletionStage<Map<PublicKey, HostedRepository>> hosted(
      RepositoryIdentifier identifier, Set<PublicKey> owners) {
    return run(
        identifier,
        () -> {
          Map<PublicKey, HostedRepository> hosted = new HashMap<>();
          for (PublicKey owner : owners) {
            look.at(owner, identifier).ifPresent(found -> hosted.put(owner, found));
          }
          return hosted;
        });
  }

  @Override
  public String path(RepositoryIdentifier identifier, PublicKey owner) {
    return volume.relativePath(owner, identifier);
  }

  @Override
  public CompletionStage<Set<Oid>> missing(FamilyRepositories family, Set<Oid> oids) {
    return run(
        family.identifier(),
        () -> {
          Set<Oid> missing = new HashSet<>(oids);
          if (lookFor(family, missing)) {
            lookFor(family, missing);
          }
          return missing;
        });
  }

  @Override
  public CompletionStage<RepositoryChange> apply(
      FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence) {
    return run(
        family.identifier(),
        () -> {
          if (createMissing && !volume.hosts(owner, family.identifier())) {
            creation.create(owner, family.identifier());
          }
          return new Application(
                  volume, quarantines, family, owner, fence, locks, applied, Pause.RANDOM)
              .of(wanted);
        });
  }

  @Override
  public CompletionStage<Void> settled(FamilyRepositories family) {
    return run(family.identifier(), () -> quarantines.retire(family))
        .thenAccept(
            retired ->
                // Nobody waits for that.
                retired.ifPresent(
                    directory -> executor.execute(() -> quarantines.discard(directory))));
  }

  /** Takes out what is here, and says whether a second look may find more. */
  private boolean lookFor(FamilyRepositories family, Set<Oid> missing) throws IOException {
    Optional<FamilyView> any = FamilyView.openIfAny(volume, quarantines, family);
    if (any.isEmpty()) {
      return false;
    }
    try (FamilyView view = any.get();
        ObjectReader reader = view.repository().newObjectReader()) {
      Connectivity connectivity = new Connectivity(reader, view.tips(), () -> false);
      for (ObjectId complete : connectivity.complete(Oids.supported(missing))) {
        missing.remove(Oids.fromJGit(complete));
      }
      return connectivity.foundGaps();
    }
  }

  private <T> CompletionStage<T> run(RepositoryIdentifier identifier, Callable<T> work) {
    return CompletableFuture.supplyAsync(() -> call(identifier, work), executor);
  }

  private static <T> T call(RepositoryIdentifier identifier, Callable<T> work) {
    try {
      return work.call();
    } catch (RepositoryException e) {
      throw e;
    } catch (Exception e) {
      throw new RepositoryException(
          "the repositories of " + identifier + " cannot be read or changed: " + e, e);
    }
  }
}
