package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Makes one pack of many in a quarantine, as each fetch adds one. What is complete stays; what an
 * owner's refs reach by now, and what is a part of nothing complete, goes.
 */
final class Consolidation {

  /** So many fetches share the cost of writing everything once more. */
  static final int MOST_PACKS = 50;

  private Consolidation() {}

  /** Whether there are many packs. */
  static boolean isDue(Path quarantine) throws IOException {
    return packs(quarantine).size() >= MOST_PACKS;
  }

  /**
   * Does it.
   *
   * @param quarantine the quarantine
   * @param owners what the quarantine builds on
   * @param scratch a directory on the same file system for files that are not finished
   * @throws IOException if it cannot be done, as something of what is complete has gone; then
   *     everything stays as it is
   */
  static void run(Path quarantine, OwnerObjects owners, Path scratch) throws IOException {
    List<Path> packs = packs(quarantine);
    try (Repository repository = BareRepositories.open(quarantine, owners.directories());
        ObjectReader reader = repository.newObjectReader();
        PackWriter writer = new PackWriter(PackInstaller.config(repository), reader)) {
      writer.setReuseValidatingObjects(true);
      Set<ObjectId> complete = Promotion.complete(repository);
      writer.preparePack(NullProgressMonitor.INSTANCE, complete, owners.tips());
      if (writer.getObjectCount() > 0) {
        install(writer, PackFiles.directory(quarantine), scratch);
      }
      Set<ObjectId> gone = new HashSet<>();
      for (ObjectId id : complete) {
        if (!writer.willInclude(id)) {
          gone.add(id);
        }
      }
      Promotion.forget(repository, gone);
    }
    for (Path pack : packs) {
      Files.deleteIfExists(PackNote.of(pack));
      Files.deleteIfExists(PackFiles.index(pack));
      Files.deleteIfExists(pack);
    }
  }

  private static void install(PackWriter writer, Path directory, Path scratch) throws IOException {
    NullProgressMonitor quiet = NullProgressMonitor.INSTANCE;
    Path pack = scratch.resolve(UUID.randomUUID() + ".pack");
    Path index = scratch.resolve(UUID.randomUUID() + ".idx");
    try {
      SyncedFiles.write(pack, out -> writer.writePack(quiet, quiet, out));
      SyncedFiles.write(index, writer::writeIndex);
      PackFiles.install(pack, index, directory, PackFiles.newName());
      Directories.sync(directory);
    } finally {
      Files.deleteIfExists(pack);
      Files.deleteIfExists(index);
    }
  }

  /** The pack files of a quarantine. */
  static List<Path> packs(Path quarantine) throws IOException {
    List<Path> packs = new ArrayList<>();
    for (Path file : Directories.entries(PackFiles.directory(quarantine))) {
      if (file.toString().endsWith(".pack")) {
        packs.add(file);
      }
    }
    return packs;
  }
}
