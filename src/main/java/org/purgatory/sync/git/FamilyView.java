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
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.sync.FamilyRepositories;

/**
 * What a family has: the objects of its quarantine and of its owners' repositories, seen as one
 * repository, and the tips of all their refs. A view is opened for one piece of work.
 */
final class FamilyView implements AutoCloseable {

  private final Repository repository;
  private final Set<ObjectId> tips;

  private FamilyView(Repository repository, Set<ObjectId> tips) {
    this.repository = repository;
    this.tips = tips;
  }

  /** Opens the quarantine's view. Without a quarantine only the owners' repositories are seen. */
  static FamilyView open(Volume volume, Quarantines quarantines, FamilyRepositories family)
      throws IOException {
    Optional<Path> quarantine = quarantines.existing(family);
    Set<ObjectId> tips = tips(volume, quarantine, family);
    Path base = quarantine.isPresent() ? quarantine.get() : quarantines.empty();
    return new FamilyView(BareRepositories.open(base, quarantines.ownerObjects(family)), tips);
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
    Optional<Path> quarantine = quarantines.existing(family);
    List<Path> objects = new ArrayList<>(quarantines.ownerObjects(family));
    quarantine.ifPresent(path -> objects.add(path.resolve("objects")));
    Set<ObjectId> tips = tips(volume, quarantine, family);
    return new FamilyView(BareRepositories.openAttempt(attempt, objects, meter), tips);
  }

  Repository repository() {
    return repository;
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

  private static Set<ObjectId> tips(
      Volume volume, Optional<Path> quarantine, FamilyRepositories family) throws IOException {
    Set<ObjectId> tips = new HashSet<>();
    if (quarantine.isPresent()) {
      try (Repository own = BareRepositories.open(quarantine.get())) {
        tips.addAll(tips(own));
      }
    }
    tips.addAll(ownerTips(volume, family));
    return Set.copyOf(tips);
  }

  /** Where the refs of a family's owners point. */
  static Set<ObjectId> ownerTips(Volume volume, FamilyRepositories family) throws IOException {
    Set<ObjectId> tips = new HashSet<>();
    for (PublicKey owner : family.owners()) {
      Optional<Repository> hosted = volume.openIfHosted(owner, family.identifier());
      if (hosted.isPresent()) {
        try (Repository repository = hosted.get()) {
          tips.addAll(tips(repository));
        }
      }
    }
    return tips;
  }
}
