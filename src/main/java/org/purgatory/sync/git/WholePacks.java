package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Brings packs of a quarantine into an owner's repository as they are, where that needs all that is
 * in them and no more: nothing is read, and nothing written twice.
 */
final class WholePacks {

  private WholePacks() {}

  /**
   * Brings objects with all that they reach, if the notes beside the packs say that this can be
   * done.
   *
   * @param quarantine where the packs are
   * @param target gets them, to be kept until refs reach them
   * @param wanted the objects
   * @param tips where the target's refs point
   * @return whether it was done; if not, nothing was brought that is not wanted
   */
  static boolean bring(Path quarantine, KeptPacks target, Set<ObjectId> wanted, Set<ObjectId> tips)
      throws IOException {
    List<Path> packs = new ArrayList<>();
    Set<ObjectId> open = new HashSet<>(wanted);
    open.removeAll(tips);
    for (Path pack : Consolidation.packs(quarantine)) {
      Optional<PackNote> note = PackNote.read(PackNote.of(pack));
      if (note.isPresent() && wanted.containsAll(note.get().wanted())) {
        packs.add(pack);
        open.removeAll(note.get().wanted());
      }
    }
    return open.isEmpty() && take(packs, target);
  }

  private static boolean take(List<Path> packs, KeptPacks target) throws IOException {
    try {
      for (Path pack : packs) {
        target.take(pack, PackFiles.index(pack));
      }
      return true;
    } catch (NoSuchFileException e) {
      // Another replica is done with the quarantine, or makes one pack of many there.
      return false;
    }
  }
}
