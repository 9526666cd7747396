package org.purgatory.sync.git;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The packs that were put into one owner's repository and that no ref reaches yet. As receive-pack
 * does it, each has a {@code .keep} file from before git can see it until this is closed: a repack
 * that looks at the packs meanwhile leaves it, though it is not needed by anything that it knows.
 */
final class KeptPacks implements AutoCloseable {

  private static final Logger LOG = System.getLogger(KeptPacks.class.getName());
  private static final byte[] REASON = "purgatory-sync\n".getBytes(StandardCharsets.US_ASCII);

  private static final String KEEP = ".keep";
  private static final String GROUP = "unix:gid";

  private final Path directory;
  private final Journal journal;
  private final List<Path> keeps = new ArrayList<>();
  private boolean unsynced;

  /**
   * Has no packs yet.
   *
   * @param repository the repository's directory
   * @param journal hears of each file beforehand
   */
  KeptPacks(Path repository, Journal journal) {
    this.journal = journal;
    this.directory = PackFiles.directory(repository);
  }

  /**
   * A place for a file that is to become a part of a pack. C git's {@code prune --expire=now} takes
   * away whatever begins with {@code tmp_}, however young, and nothing else that it does not know.
   */
  Path draft() throws IOException {
    Path draft = newDraft();
    journal.willMake(List.of(draft));
    return draft;
  }

  private Path newDraft() throws IOException {
    Directories.make(directory);
    return directory.resolve("tmp-purgatory-" + UUID.randomUUID());
  }

  /**
   * Moves a pack into place, under a name that was never used before: one that was might be on the
   * list of what a repack is about to delete, with its {@code .keep}.
   *
   * @param pack the pack file, synced to disk
   * @param index its index, synced to disk
   */
  void install(Path pack, Path index) throws IOException {
    String name = PackFiles.newName();
    Path keep = directory.resolve(name + KEEP);
    journal.willMake(List.of(keep));
    keep(keep);
    unsynced = true;
    PackFiles.install(pack, index, directory, name);
  }

  private void keep(Path keep) throws IOException {
    keeps.add(keep);
    Files.write(keep, REASON, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Puts another repository's pack into place as well, as second names of its files if possible:
   * not from another file system, nor if a file made here belongs to another group.
   *
   * @param pack the pack file, synced to disk
   * @param index its index, synced to disk
   */
  void take(Path pack, Path index) throws IOException {
    Path ownPack = newDraft();
    Path ownIndex = newDraft();
    String name = PackFiles.newName();
    Path keep = directory.resolve(name + KEEP);
    journal.willMake(List.of(ownPack, ownIndex, keep));
    keep(keep);
    unsynced = true;
    try {
      take(pack, ownPack, keep);
      take(index, ownIndex, keep);
      PackFiles.install(ownPack, ownIndex, directory, name);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(ownPack);
      Files.deleteIfExists(ownIndex);
      throw e;
    }
  }

  private static void take(Path file, Path own, Path made) throws IOException {
    boolean group = Files.getAttribute(file, GROUP).equals(Files.getAttribute(made, GROUP));
    if (!group || !link(file, own)) {
      SyncedFiles.write(own, out -> Files.copy(file, out));
    }
  }

  private static boolean link(Path from, Path to) {
    try {
      Files.createLink(to, from);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Makes the packs survive a power cut, and the journal. */
  void sync() throws IOException {
    journal.sync();
    if (unsynced) {
      Directories.sync(directory);
      unsynced = false;
    }
  }

  /** Leaves the packs to the relay's git. */
  @Override
  public void close() {
    for (Path keep : keeps) {
      try {
        Files.deleteIfExists(keep);
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            "{0} cannot be deleted, so that git gc will never touch its pack: delete it: {1}",
            keep,
            e.toString());
      }
    }
  }
}
