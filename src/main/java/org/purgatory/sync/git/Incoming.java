package org.purgatory.sync.git;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Directories for what a process works on, {@code .purgatory/incoming/<instance>}, each with a lock
 * beside it that its process holds. Who gets the lock of another one knows that its process is
 * gone.
 */
final class Incoming implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Incoming.class.getName());
  private static final String LOCK = ".lock";

  private final Path root;
  private VolumeLock lock;
  private Path own;

  Incoming(Path root) {
    this.root = root;
  }

  /** This process' directory. */
  synchronized Path own() throws IOException {
    while (own == null) {
      String instance = UUID.randomUUID().toString();
      Path file = root.resolve(instance + LOCK);
      Optional<VolumeLock> taken = VolumeLock.tryTake(file);
      if (taken.isPresent() && Files.exists(file)) {
        lock = taken.get();
        own = root.resolve(instance);
      } else if (taken.isPresent()) {
        // Swept away between its making and its locking.
        taken.get().close();
      }
    }
    return Directories.make(own);
  }

  /** Deletes what processes have left that are gone. */
  int sweep() throws IOException {
    Set<String> instances = new LinkedHashSet<>();
    for (Path entry : Directories.entries(root)) {
      String name = entry.getFileName().toString();
      instances.add(name.endsWith(LOCK) ? name.substring(0, name.length() - LOCK.length()) : name);
    }
    int swept = 0;
    for (String instance : instances) {
      swept += sweep(instance) ? 1 : 0;
    }
    return swept;
  }

  private boolean sweep(String instance) throws IOException {
    Path directory = root.resolve(instance);
    Path file = root.resolve(instance + LOCK);
    // The lock comes first and goes last: without one nobody works there.
    if (!Files.exists(file)) {
      Directories.delete(directory);
      return true;
    }
    Optional<VolumeLock> gone = VolumeLock.tryTakeExisting(file);
    if (gone.isEmpty()) {
      return false;
    }
    try (VolumeLock taken = gone.get()) {
      Directories.delete(directory);
      Files.deleteIfExists(taken.file());
    }
    return true;
  }

  /** Leaves nothing behind. */
  @Override
  public synchronized void close() {
    if (own == null) {
      return;
    }
    try (VolumeLock taken = lock) {
      Directories.delete(own);
      Files.deleteIfExists(taken.file());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the next process will delete what this one worked on", e);
    }
    own = null;
  }
}
