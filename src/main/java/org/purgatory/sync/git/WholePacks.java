package org.purgatory.sync.git;

import java.io.IOException;
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
    List<Path> notes = new ArrayList<>();
    Set<ObjectId> open = new HashSet<>(wanted);
    open.removeAll(tips);
    for (Path file : Directories.entries(quarantine.resolve("objects/pack"))) {
      Optional<PackNote> note = fitting(file, wanted);
      if (note.isPresent()) {
        notes.add(file);
        open.removeAll(note.get().wanted());
      }
    }
    if (!open.isEmpty()) {
      return false;
    }
    for (Path note : notes) {
      target.take(beside(note, ".pack"), beside(note, ".idx"));
    }
    return true;
  }

  /** The note of a pack with nothing in it that would not be needed there. */
  private static Optional<PackNote> fitting(Path file, Set<ObjectId> wanted) throws IOException {
    return file.toString().endsWith(PackNote.SUFFIX)
        ? PackNote.read(file).filter(note -> wanted.containsAll(note.wanted()))
        : Optional.empty();
  }

  private static Path beside(Path note, String suffix) {
    String name = note.getFileName().toString();
    return note.resolveSibling(name.substring(0, name.lastIndexOf('.')) + suffix);
  }
}
