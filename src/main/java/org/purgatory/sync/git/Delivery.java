package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.sync.FamilyRepositories;

/**
 * Brings objects into one owner's repository, as long as it is open. What is brought builds on what
 * the refs there reach already. If such a ref goes away before the new ones are there, a gc may
 * have seen neither, and what it reached may go at any moment: it is brought, too.
 */
final class Delivery implements AutoCloseable {

  private static final int MOST_TRIES = 5;

  private final Volume volume;
  private final Quarantines quarantines;
  private final FamilyRepositories family;
  private final KeptPacks packs;
  private final Set<ObjectId> brought = new HashSet<>();
  private Set<ObjectId> basis = Set.of();

  Delivery(Volume volume, Quarantines quarantines, FamilyRepositories family, KeptPacks packs) {
    this.volume = volume;
    this.quarantines = quarantines;
    this.family = family;
    this.packs = packs;
  }

  /**
   * Brings what the refs do not reach, unless it was brought before and is whole still.
   *
   * @param target the repository
   * @throws MissingObjectException if something is not here any more
   */
  void bring(Repository target, Set<ObjectId> wanted) throws IOException {
    Set<ObjectId> tips = FamilyView.tips(target);
    if (!tips.containsAll(basis)) {
      brought.clear();
    }
    if (!brought.containsAll(wanted)) {
      bring(wanted, tips);
    }
  }

  /**
   * Makes what was brought survive a power cut, and the journal, as both must before a ref is
   * locked.
   */
  void sync() throws IOException {
    packs.sync();
  }

  /**
   * Makes sure that what was brought is whole, now that refs reach it.
   *
   * @param target the repository
   * @param plan how the refs were changed
   * @throws MissingObjectException if something is not here any more
   */
  void secure(Repository target, RefPlan plan) throws IOException {
    Set<ObjectId> wanted = Oids.supported(plan.newTargets());
    for (int tries = 0; !wanted.isEmpty() && !basis.isEmpty() && tries < MOST_TRIES; tries++) {
      Set<ObjectId> stayed = stayed(target, plan);
      if (stayed.containsAll(basis)) {
        return;
      }
      stayed.retainAll(basis);
      bring(wanted, stayed);
      packs.sync();
    }
  }

  private void bring(Set<ObjectId> wanted, Set<ObjectId> tips) throws IOException {
    Optional<Path> quarantine = quarantines.existing(family);
    if (quarantine.isEmpty() || !WholePacks.bring(quarantine.get(), packs, wanted, tips)) {
      try (FamilyView view = FamilyView.open(volume, quarantines, family)) {
        PackInstaller.bring(view.repository(), packs, wanted, tips);
      }
    }
    brought.addAll(wanted);
    basis = tips;
  }

  /** What refs have pointed at all the time until the new refs were there. */
  private static Set<ObjectId> stayed(Repository target, RefPlan plan) throws IOException {
    Set<String> changed =
        plan.commands().stream().map(command -> command.name().value()).collect(Collectors.toSet());
    Set<ObjectId> stayed = new HashSet<>();
    // They were there until the very moment.
    plan.rest().forEach(c -> c.oidBefore().ifPresent(oid -> stayed.add(Oids.toJGit(oid))));
    for (Ref ref : target.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
      if (!ref.isSymbolic() && ref.getObjectId() != null && !changed.contains(ref.getName())) {
        stayed.add(ref.getObjectId());
      }
    }
    Ref head = target.exactRef(Constants.HEAD);
    if (head != null && !head.isSymbolic() && head.getObjectId() != null) {
      stayed.add(head.getObjectId());
    }
    return stayed;
  }

  @Override
  public void close() {
    packs.close();
  }
}
