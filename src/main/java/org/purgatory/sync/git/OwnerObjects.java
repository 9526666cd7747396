package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.sync.FamilyRepositories;

/**
 * What a family's owners have in their repositories on this volume.
 *
 * @param directories the directories of their objects
 * @param tips where their refs point
 */
record OwnerObjects(List<Path> directories, Set<ObjectId> tips) {

  OwnerObjects {
    directories = List.copyOf(directories);
    tips = Set.copyOf(tips);
  }

  /**
   * Looks for the repositories. Owners without one have nothing, nor have those of an empty one.
   */
  static OwnerObjects of(Volume volume, FamilyRepositories family) throws IOException {
    List<Path> directories = new ArrayList<>();
    Set<ObjectId> tips = new HashSet<>();
    for (PublicKey owner : family.owners()) {
      Path objects = volume.objects(owner, family.identifier());
      if (volume.hosts(owner, family.identifier()) && !Directories.holdsNoObjects(objects)) {
        Optional<Repository> hosted = volume.openHosted(owner, family.identifier());
        if (hosted.isPresent()) {
          try (Repository repository = hosted.get()) {
            directories.add(objects);
            tips.addAll(FamilyView.tips(repository));
          }
        }
      }
    }
    return new OwnerObjects(directories, tips);
  }
}
