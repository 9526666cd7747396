package org.purgatory.sync.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.AppliedState;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.HostedRepository.Standing;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.WantedRefs;

/** An owner's repository on the volume, with the lock that ends with its holder's process. */
final class OwnerRepository {

  final Project project;
  final PublicKey owner;
  final Set<Oid> objects = new TreeSet<>();
  private final Map<RefName, Oid> refs = new TreeMap<>();
  private final Deque<Application> lock = new ArrayDeque<>();
  private final boolean hadRefs;
  private RepositoryState applied;

  OwnerRepository(Project project, PublicKey owner, boolean hadRefs) {
    this.project = project;
    this.owner = owner;
    this.hadRefs = hadRefs;
  }

  boolean hasRefs() {
    return hadRefs || !refs.isEmpty();
  }

  /** The state that was applied last, or null. */
  RepositoryState applied() {
    return applied;
  }

  Optional<Oid> at(RefName name) {
    return Optional.ofNullable(refs.get(name));
  }

  /** Nobody but us brings branches here, so they are as the last state has them. */
  HostedRepository asHosted() {
    if (applied == null) {
      return HostedRepository.usable(hasRefs());
    }
    return new HostedRepository(
        hasRefs(),
        applied.objectRefs().isEmpty() ? Standing.EMPTY : Standing.AS_APPLIED,
        Optional.of(new AppliedState(applied.id(), applied.author(), applied.event().createdAt())),
        Optional.empty());
  }

  /** Takes the lock, now or when it is free. */
  void lock(Application application) {
    lock.add(application);
    if (lock.peek() == application) {
      application.locked();
    }
  }

  void unlock(Application application) {
    boolean held = lock.peek() == application;
    lock.remove(application);
    if (held && !lock.isEmpty()) {
      lock.peek().locked();
    }
  }

  void died(Process replica) {
    for (Application one : List.copyOf(lock)) {
      if (one.isOf(replica)) {
        unlock(one);
      }
    }
  }

  RepositoryChange write(WantedRefs wanted, Set<Oid> moving) {
    objects.addAll(moving);
    List<RefChange> changes = new ArrayList<>();
    wanted
        .state()
        .ifPresent(
            state -> {
              applied = state;
              Map<RefName, Oid> targets = state.objectRefs();
              for (RefName name : List.copyOf(refs.keySet())) {
                if (name.isTrackedByState() && !targets.containsKey(name)) {
                  changes.add(change(name, null));
                }
              }
              targets.forEach((name, oid) -> set(name, oid, changes));
            });
    for (PullRequest request : wanted.pullRequests()) {
      set(RefName.ofPullRequest(request.id()), request.tip(), changes);
    }
    return new RepositoryChange(
        owner.hex().substring(60) + "/" + project.identifier() + ".git", changes, Optional.empty());
  }

  private void set(RefName name, Oid oid, List<RefChange> changes) {
    if (!oid.equals(refs.get(name))) {
      changes.add(change(name, oid));
    }
  }

  private RefChange change(RefName name, Oid to) {
    Oid from = to == null ? refs.remove(name) : refs.put(name, to);
    return new RefChange(name, Optional.ofNullable(from), Optional.ofNullable(to));
  }
}
