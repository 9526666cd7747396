package org.purgatory.sync.simulation;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.Fence;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.sync.WantedRefs;

/**
 * Brings one repository to where events want it, as the git adapter does: under the repository's
 * lock, and after the fence was asked.
 */
final class Application {

  private static final long SLOWEST = 50_000;
  private static final long LONGEST_ANSWER = 30_000_000;

  private final World world;
  private final Process replica;
  private final OwnerRepository repository;
  private final FamilyRepositories family;
  private final WantedRefs wanted;
  private final Fence fence;
  private final CompletableFuture<RepositoryChange> done = new CompletableFuture<>();

  Application(
      World world,
      Process replica,
      OwnerRepository repository,
      FamilyRepositories family,
      WantedRefs wanted,
      Fence fence) {
    this.world = world;
    this.replica = replica;
    this.repository = repository;
    this.family = family;
    this.wanted = wanted;
    this.fence = fence;
  }

  boolean isOf(Process other) {
    return replica == other;
  }

  CompletionStage<RepositoryChange> begin() {
    go("apply", () -> repository.lock(this));
    return done;
  }

  /** The lock is ours. */
  void locked() {
    go("fence", this::askFence);
  }

  private void askFence() {
    world.schedule.after(replica, LONGEST_ANSWER, () -> fail("the fence does not answer"));
    Process holder = world.holderOf(family.identifier());
    fence
        .holds()
        .whenComplete(
            (holds, failure) -> {
              if (failure != null || !holds) {
                fail("the lease was lost");
                return;
              }
              if (holder != replica) {
                world.trace.violated(
                    "%s writes refs of %s, which %s holds"
                        .formatted(replica, family.identifier(), holder));
              }
              world.truth.stillWait(wanted);
              go("written", this::write);
            });
  }

  private void write() {
    if (done.isDone()) {
      return;
    }
    Set<Oid> needed = new TreeSet<>();
    wanted.state().ifPresent(state -> needed.addAll(state.oids()));
    wanted.pullRequests().forEach(request -> needed.add(request.tip()));
    if (!world.volume.here(family).containsAll(needed)) {
      fail("objects are gone again");
      return;
    }
    world.truth.mayBeWritten(repository, wanted);
    RepositoryChange change = repository.write(wanted, needed);
    world.trace.note(replica, () -> "wrote " + change);
    repository.unlock(this);
    done.complete(change);
  }

  private void fail(String why) {
    if (!done.isDone()) {
      world.trace.note(replica, () -> "could not write: " + why);
      repository.unlock(this);
      done.completeExceptionally(new RepositoryException(why, null));
    }
  }

  /** Goes on after a while; the replica may die or stand still before. */
  private void go(String where, Runnable next) {
    Fault fault = world.faults.begins(where);
    if (fault != null) {
      world.befallsOutside(replica, fault);
    }
    world.schedule.after(replica, world.schedule.upTo(SLOWEST), next);
  }
}
