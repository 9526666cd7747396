package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;

/** Copies objects with all that they reach from one repository into another, as one pack. */
final class PackInstaller {

  private PackInstaller() {}

  /**
   * Brings what the target's refs do not reach. Objects that lie about there unreached come again:
   * the relay's gc could take them at any moment.
   *
   * @param source sees all the objects
   * @param target gets them, to be kept until refs reach them
   * @param wanted the objects
   * @param tips where the target's refs point
   * @throws MissingObjectException if the source lacks one
   */
  static void bring(Repository source, KeptPacks target, Set<ObjectId> wanted, Set<ObjectId> tips)
      throws IOException {
    if (tips.containsAll(wanted)) {
      return;
    }
    try {
      pack(source, target, wanted, tips);
    } catch (MissingObjectException e) {
      if (tips.isEmpty()) {
        throw e;
      }
      // The target lacks what its own refs reach. It gets everything, and is whole again.
      pack(source, target, wanted, Set.of());
    }
  }

  private static void pack(
      Repository source, KeptPacks target, Set<ObjectId> wanted, Set<ObjectId> tips)
      throws IOException {
    try (ObjectReader reader = source.newObjectReader();
        PackWriter writer = new PackWriter(config(source), reader)) {
      writer.setReuseValidatingObjects(true);
      writer.setDeltaBaseAsOffset(true);
      writer.preparePack(NullProgressMonitor.INSTANCE, wanted, tips);
      if (writer.getObjectCount() > 0) {
        write(writer, target);
      }
    }
  }

  /** Deltas are taken over, not searched: the relay's own gc packs tightly. */
  static PackConfig config(Repository source) {
    PackConfig config = new PackConfig(source);
    config.setDeltaCompress(false);
    config.setThreads(1);
    return config;
  }

  private static void write(PackWriter writer, KeptPacks target) throws IOException {
    Path pack = target.draft();
    Path index = target.draft();
    try {
      NullProgressMonitor quiet = NullProgressMonitor.INSTANCE;
      SyncedFiles.write(pack, out -> writer.writePack(quiet, quiet, out));
      SyncedFiles.write(index, writer::writeIndex);
      target.install(pack, index);
    } finally {
      Files.deleteIfExists(pack);
      Files.deleteIfExists(index);
    }
  }
}
