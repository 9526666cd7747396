package org.purgatory.sync.git;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.util.FS;
import org.purgatory.sync.sync.FamilyRepositories;

/**
 * Where fetched objects wait until an event vouches for them: one bare repository per family,
 * {@code .purgatory/quarantine/<hash>.git} below the git root. What no accepted event names is
 * never served, as nothing of it is in an owner's repository.
 *
 * <p>Each fetch attempt has a repository of its own below {@link Incoming}, as C git's receive-pack
 * has: whatever a server sends is gone with it, unless something asked for is complete.
 */
public final class Quarantines implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Quarantines.class.getName());
  private static final String SUFFIX = ".git";

  private final Volume volume;
  private final Clock clock;
  private final Incoming incoming;

  /**
   * Looks after the quarantines below a git root.
   *
   * @param settings where they are
   * @param clock tells how long ago one was used
   */
  public Quarantines(GitSettings settings, Clock clock) {
    this.volume = new Volume(settings);
    this.clock = clock;
    this.incoming = new Incoming(volume.ownDirectory("incoming"));
  }

  /**
   * Deletes at once what processes that were killed have left of their attempts.
   *
   * @return of how many processes
   * @throws IOException if something could not be deleted
   */
  public int removeLeftOvers() throws IOException {
    return incoming.sweep();
  }

  /**
   * Deletes quarantines and left-over attempts that have not been used for a while. A family that
   * needs its quarantine again gets a new one, and its objects are fetched again.
   *
   * @param age how long; much longer than an exchange may take
   * @return how many directories were deleted
   * @throws IOException if something could not be deleted; the rest is deleted still
   */
  public int removeUnused(Duration age) throws IOException {
    Instant limit = clock.instant().minus(age);
    IOException failure = null;
    int removed = 0;
    for (Path directory : all()) {
      try {
        if (lastUsed(directory).isBefore(limit)) {
          Directories.delete(retire(directory));
          removed++;
        }
      } catch (NoSuchFileException e) {
        // Another replica was faster.
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return removed;
  }

  /**
   * Makes sure that attempts can be made.
   *
   * @throws IOException if they cannot, as the git root cannot be written to
   */
  void requireWritable() throws IOException {
    volume.closePrivateDirectory();
    Files.delete(Files.createTempFile(incoming.own(), "", ".probe"));
  }

  /**
   * The quarantine of a family, with room for one more pack. Makes it if need be, and notes that it
   * is used.
   */
  Path of(FamilyRepositories family) throws IOException {
    Path quarantine = path(family);
    if (Files.exists(quarantine.resolve("HEAD"))) {
      consolidate(quarantine, family);
    } else {
      create(family);
    }
    return used(quarantine);
  }

  private void consolidate(Path quarantine, FamilyRepositories family) {
    try {
      if (Consolidation.isDue(quarantine)) {
        Consolidation.run(quarantine, OwnerObjects.of(volume, family), incoming.own());
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> quarantine + " has many packs still", e);
    }
  }

  /** The quarantine of a family, if anything was fetched for it. Notes that it is used. */
  Optional<Path> existing(FamilyRepositories family) throws IOException {
    Path quarantine = path(family);
    return Files.exists(quarantine.resolve("HEAD"))
        ? Optional.of(used(quarantine))
        : Optional.empty();
  }

  /** An empty repository, to see through it what others have. */
  synchronized Path empty() throws IOException {
    Path empty = incoming.own().resolve("empty" + SUFFIX);
    if (!Files.exists(empty)) {
      BareRepositories.create(empty);
    }
    return used(empty);
  }

  /**
   * Takes the quarantine of a family that needs none now out of its place. Whoever asked discards
   * it.
   *
   * @return where it is now; empty if there is none
   */
  Optional<Path> retire(FamilyRepositories family) throws IOException {
    try {
      return Optional.of(retire(path(family)));
    } catch (NoSuchFileException e) {
      // Nothing was fetched, or another replica was faster.
      return Optional.empty();
    }
  }

  /** A place for a repository, on one file system with all others. Whoever asked discards it. */
  Path draft() throws IOException {
    return incoming.own().resolve(UUID.randomUUID() + SUFFIX);
  }

  /** Makes the repository of a fetch attempt. Whoever asked discards it. */
  Path attempt() throws IOException {
    Path attempt = draft();
    make(attempt);
    return attempt;
  }

  /** Makes a repository in the place of a {@link #draft}. */
  void make(Path draft) throws IOException {
    // JGit measures file times once, with files of its own, in the background: rather than in a
    // repository where nothing is ever swept away.
    FS.getFileStoreAttributes(volume.privateDirectory());
    BareRepositories.create(draft);
  }

  /** Deletes a directory of ours. What cannot be deleted now is left to {@link #removeUnused}. */
  void discard(Path directory) {
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a fetch attempt or a quarantine is left behind", e);
    }
  }

  /** Ends what this process has in work. */
  @Override
  public void close() {
    incoming.close();
  }

  private Path used(Path repository) throws IOException {
    Files.setLastModifiedTime(repository, FileTime.from(clock.instant()));
    return repository;
  }

  /**
   * Makes the repository of an attempt the quarantine of a family that has none.
   *
   * @return false if another attempt was faster; then the attempt is left as it is
   */
  boolean adopt(Path attempt, FamilyRepositories family) throws IOException {
    Path quarantine = path(family);
    Directories.make(quarantine.getParent());
    try {
      Files.move(attempt, quarantine, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(quarantine.resolve("HEAD"))) {
        throw e;
      }
      return false;
    }
    used(quarantine);
    return true;
  }

  private void create(FamilyRepositories family) throws IOException {
    Path draft = attempt();
    if (!adopt(draft, family)) {
      discard(draft);
    }
  }

  /** At once, so that nobody opens half a quarantine. */
  private Path retire(Path directory) throws IOException {
    Path retired = incoming.own().resolve(UUID.randomUUID() + ".old");
    return Files.move(directory, retired, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>(Directories.entries(quarantines()));
    all.addAll(Directories.entries(incoming.own()));
    return all;
  }

  private static Instant lastUsed(Path directory) throws IOException {
    return Files.getLastModifiedTime(directory).toInstant();
  }

  private Path path(FamilyRepositories family) {
    return quarantines().resolve(name(family) + SUFFIX);
  }

  private Path quarantines() {
    return volume.ownDirectory("quarantine");
  }

  private static String name(FamilyRepositories family) {
    // The key has a fixed length, so that no two families share a text.
    return Hashes.of(family.representative().hex() + family.identifier().value());
  }
}
