package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.Fence;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.sync.WantedRefs;

/**
 * Brings one owner's repository to where events want it: objects first, then refs. The relay may
 * push there at any moment; whatever it changed is looked at afresh, a few times.
 */
final class Application {

  private static final int MOST_TRIES = 5;
  private static final long LONGEST_ANSWER_SECONDS = 30;

  private final Volume volume;
  private final Quarantines quarantines;
  private final FamilyRepositories family;
  private final PublicKey owner;
  private final Fence fence;
  private final RepositoryLocks locks;
  private final AppliedStates applied;
  private final Pause pause;
  private final SortedMap<RefName, RefChange> changed = new TreeMap<>();
  private final String path;

  private Optional<RefName> head = Optional.empty();
  private Map<EventId, String> refused = Map.of();

  /** What the plan at hand was made from. */
  private CurrentRefs current;

  Application(
      Volume volume,
      Quarantines quarantines,
      FamilyRepositories family,
      PublicKey owner,
      Fence fence,
      RepositoryLocks locks,
      AppliedStates applied,
      Pause pause) {
    this.volume = volume;
    this.quarantines = quarantines;
    this.family = family;
    this.owner = owner;
    this.fence = fence;
    this.locks = locks;
    this.applied = applied;
    this.pause = pause;
    this.path = volume.relativePath(owner, family.identifier());
  }

  RepositoryChange of(WantedRefs wanted) throws IOException {
    try {
      apply(wanted);
    } catch (RepositoryException e) {
      throw changed.isEmpty() ? e : new RepositoryException(e.getMessage(), e, change(), Set.of());
    }
    if (!refused.isEmpty()) {
      throw new RepositoryException(
          path + ": " + String.join("; ", new TreeSet<>(refused.values())),
          null,
          change(),
          refused.keySet());
    }
    return change();
  }

  private RepositoryChange change() {
    return new RepositoryChange(path, List.copyOf(changed.values()), head);
  }

  private void apply(WantedRefs wanted) throws IOException {
    try (RepositoryLock lock = locks.take(path);
        Delivery delivery = delivery(lock.journal())) {
      for (int tries = 0; tries < MOST_TRIES; tries++) {
        if (tries > 0) {
          pause.take();
        }
        try (Repository target = volume.open(owner, family.identifier())) {
          current = CurrentRefs.read(target);
          FittingRefs fitting =
              FittingRefs.of(current, mayUndo(wanted) ? wanted : wanted.withoutState());
          RefPlan plan = plan(fitting.wanted());
          if (!plan.isEmpty()) {
            // Now, as one sync is enough for this and what is written down with the objects.
            lock.journal().willLock(RefWriter.locks(plan));
          }
          try (AppliedStates.Note note = applied.note(path, fitting.wanted(), current)) {
            bringObjects(target, plan, delivery, note);
            if (write(target, plan, delivery, note)) {
              secure(target, plan, delivery);
              head = plan.head();
              refused = fitting.refused();
              return;
            }
          }
        }
      }
    }
    throw new RepositoryException(
        path
            + ": its refs are locked or change all the time. If no git process is at work there,"
            + " delete its left-over *.lock files",
        null);
  }

  /** A state that is served already must not undo a push, unless we have begun with it. */
  private boolean mayUndo(WantedRefs wanted) throws IOException {
    return !wanted.servedAlready()
        || wanted.state().isEmpty()
        || !changed.isEmpty()
        || AppliedStates.standing(current, applied.of(path)) != HostedRepository.Standing.CHANGED;
  }

  private Delivery delivery(Journal journal) {
    KeptPacks packs = new KeptPacks(volume.directory(owner, family.identifier()), journal);
    return new Delivery(volume, quarantines, family, packs);
  }

  private void bringObjects(
      Repository target, RefPlan plan, Delivery delivery, AppliedStates.Note note)
      throws IOException {
    Set<ObjectId> objects = objects(plan);
    if (!objects.isEmpty()) {
      Meanwhile.run(note::write, () -> bring(target, objects, delivery));
    }
  }

  private void bring(Repository target, Set<ObjectId> objects, Delivery delivery)
      throws IOException {
    try {
      tryToBring(target, objects, delivery);
    } catch (MissingObjectException first) {
      // A repack of the relay's may have moved it under our hands. A second look sees it.
      try {
        tryToBring(target, objects, delivery);
      } catch (MissingObjectException e) {
        throw gone(e);
      }
    }
  }

  private void tryToBring(Repository target, Set<ObjectId> objects, Delivery delivery)
      throws IOException {
    // What an event that was withdrawn meanwhile named must not even lie there.
    requireMayWrite();
    delivery.bring(target, objects);
  }

  /** A ref to what is not whole would be worse than none. */
  private void secure(Repository target, RefPlan plan, Delivery delivery) throws IOException {
    try {
      delivery.secure(target, plan);
    } catch (MissingObjectException e) {
      try (Repository anew = volume.open(owner, family.identifier())) {
        List<RefCommand> undone = new RefWriter(anew, current).undo(plan);
        undone.forEach(command -> changed.remove(command.name()));
      }
      throw gone(e);
    }
  }

  private RepositoryException gone(MissingObjectException e) throws IOException {
    Optional<Path> quarantine = quarantines.existing(family);
    if (quarantine.isPresent()) {
      Promotion.forget(quarantine.get());
    }
    return new RepositoryException(
        path + ": an object that was here is gone, and will be fetched again: " + e.getMessage(),
        e);
  }

  private RefPlan plan(WantedRefs wanted) {
    try {
      return RefPlan.of(current.refs(), current.head(), wanted);
    } catch (RefConflictException e) {
      throw new RepositoryException(path + ": " + e.getMessage(), e);
    }
  }

  private Set<ObjectId> objects(RefPlan plan) {
    Set<ObjectId> objects = new HashSet<>();
    for (Oid oid : plan.newTargets()) {
      if (!Oids.isSupported(oid)) {
        throw new RepositoryException(path + ": SHA-256 objects are not supported", null);
      }
      objects.add(Oids.toJGit(oid));
    }
    return objects;
  }

  private boolean write(Repository target, RefPlan plan, Delivery delivery, AppliedStates.Note note)
      throws IOException {
    if (plan.isEmpty()) {
      if (note.isNews()) {
        mayWrite(delivery, note);
      }
      return true;
    }
    try {
      return new RefWriter(target, current).write(plan, () -> mayWrite(delivery, note), this::note);
    } finally {
      SharedFiles.open(target, plan);
    }
  }

  /**
   * Refs are never newer than the state that the volume remembers, nor than the objects on its
   * disk.
   */
  private void mayWrite(Delivery delivery, AppliedStates.Note note) throws IOException {
    requireMayWrite();
    if (note.isNews()) {
      Meanwhile.run(delivery::sync, note::take);
    } else {
      delivery.sync();
    }
  }

  /** Asked while the repository is ours: whoever takes the run over waits until we are done. */
  private void requireMayWrite() {
    if (!mayWrite()) {
      throw new RepositoryException(
          path + ": nothing more was written, as another run has taken over", null);
    }
  }

  private boolean mayWrite() {
    try {
      return fence
          .holds()
          .toCompletableFuture()
          .orTimeout(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new RepositoryException(
            path
                + ": nothing was written, as the store did not say within "
                + LONGEST_ANSWER_SECONDS
                + " s whether this run may still write; the next run tries again",
            e);
      }
      throw e;
    }
  }

  /** What a symbolic ref led to is what it was, to whoever reads refs. */
  private void note(RefCommand command) {
    Optional<Oid> now =
        command.oidBefore().or(() -> Optional.ofNullable(current.links().get(command.name())));
    RefChange before = changed.get(command.name());
    Optional<Oid> first = before == null ? now : before.before();
    if (first.isEmpty() && command.isDelete()) {
      // It led nowhere.
      changed.remove(command.name());
    } else {
      changed.put(command.name(), new RefChange(command.name(), first, command.after()));
    }
  }
}
