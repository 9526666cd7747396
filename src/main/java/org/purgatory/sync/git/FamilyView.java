package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.sync.FamilyRepositories;

/**
 * What a family has: the objects of its quarantine and of its owners' repositories, seen as one
 * repository, and the tips of all their refs. A view is opened for one piece of work.
 */
final class FamilyView implements AutoCloseable {

  private final Repository repository;
  private final OwnerObjects owners;
  private final Set<ObjectId> tips;

  private FamilyView(Repository repository, OwnerObjects owners, Set<ObjectId> ownTips) {
    this.repository = repository;
    this.owners = owners;
    Set<ObjectId> all = new HashSet<>(ownTips);
    all.addAll(owners.tips());
    this.tips = Set.copyOf(all);
  }

  /** Opens the quarantine's view. Without a quarantine only the owners' repositories are seen. */
  static FamilyView open(Volume volume, Quarantines quarantines, FamilyRepositories family)
      throws IOException {
    return open(quarantines, quarantines.existing(family), OwnerObjects.of(volume, family));
  }

  /** Opens it unless there is no object that could be seen, as before a first fetch. */
  static Optional<FamilyView> openIfAny(
      Volume volume, Quarantines quarantines, FamilyRepositories family) throws IOException {
    Optional<Path> quarantine = quarantines.existing(family);
    OwnerObjects owners = OwnerObjects.of(volume, family);
    return quarantine.isEmpty() && owners.directories().isEmpty()
        ? Optional.empty()
        : Optional.of(open(quarantines, quarantine, owners));
  }

  private static FamilyView open(
      Quarantines quarantines, Optional<Path> quarantine, OwnerObjects owners) throws IOException {
    Path base = quarantine.isPresent() ? quarantine.get() : quarantines.empty();
    Repository repository = BareRepositories.open(base, owners.directories());
    try {
      return new FamilyView(repository, owners, Promotion.complete(repository));
    } catch (IOException | RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  /**
   * Opens the view of a fetch attempt, which adds to the quarantine's. What it receives is held to
   * the caps of a meter.
   */
  static FamilyView openAttempt(
      Path attempt,
      Volume volume,
      Quarantines quarantines,
      FamilyRepositories family,
      FetchMeter meter)
      throws IOException {
    OwnerObjects owners = OwnerObjects.of(volume, family);
    List<Path> objects = new ArrayList<>(owners.directories());
    Set<ObjectId> ownTips = Set.of();
    Optional<Path> quarantine = quarantines.existing(family);
    if (quarantine.isPresent()) {
      objects.add(quarantine.get().resolve("objects"));
      try (Repository own = BareRepositories.open(quarantine.get())) {
        ownTips = Promotion.complete(own);
      }
    }
    return new FamilyView(BareRepositories.openAttempt(attempt, objects, meter), owners, ownTips);
  }

  Repository repository() {
    return repository;
  }

  /** What of it the owners have. */
  OwnerObjects owners() {
    return owners;
  }

  /** Objects that are here with all that they reach, as refs point at them. */
  Set<ObjectId> tips() {
    return tips;
  }

  @Override
  public void close() {
    repository.close();
  }

  /** Where a repository's refs point. Nothing if it is shallow: its history ends somewhere. */
  static Set<ObjectId> tips(Repository repository) throws IOException {
    if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
      return Set.of();
    }
    Set<ObjectId> tips = new HashSet<>();
    for (Ref ref : repository.getRefDatabase().getRefs()) {
      if (ref.getObjectId() != null) {
        tips.add(ref.getObjectId());
      }
    }
    return tips;
  }
}
