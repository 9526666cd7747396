package org.purgatory.sync.git;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.purgatory.sync.sync.RepositoryException;

/**
 * Lets one process at a time change an owner's repository: a run that was given up may still be at
 * it. The relay's git knows nothing of these locks.
 */
final class RepositoryLocks {

  private static final Logger LOG = System.getLogger(RepositoryLocks.class.getName());

  /** About 5 s. */
  private static final int MOST_TRIES = 50;

  private final Volume volume;
  private final Clock clock;
  private final Pause pause;

  RepositoryLocks(Volume volume, Clock clock, Pause pause) {
    this.volume = volume;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Waits for a repository's lock, and takes away what an earlier holder was killed over.
   *
   * @param path the repository's path below the root
   * @throws RepositoryException if somebody else has it all the time
   */
  RepositoryLock take(String path) throws IOException {
    Path file = directory().resolve(Hashes.of(path) + ".lock");
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<VolumeLock> lock = VolumeLock.tryTake(file);
      if (lock.isPresent()) {
        return begin(lock.get(), path);
      }
      pause.take();
    }
    throw new RepositoryException(
        path + ": another run, maybe of another replica, is changing it and does not end", null);
  }

  /** Takes away what processes that were killed have left in owners' repositories. */
  void sweep() throws IOException {
    for (Path file : Directories.entries(directory())) {
      try {
        // That of a repository at which nobody works is empty.
        if (Files.size(file) > 0) {
          sweep(file);
        }
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.WARNING, "What a crash has left behind stays there for now: {0}", e);
      }
    }
  }

  private void sweep(Path file) throws IOException {
    Optional<VolumeLock> lock = VolumeLock.tryTakeExisting(file);
    if (lock.isPresent()) {
      Optional<String> path = Journal.path(lock.get());
      if (path.isPresent()) {
        begin(lock.get(), path.get()).close();
      } else {
        lock.get().close();
      }
    }
  }

  private RepositoryLock begin(VolumeLock lock, String path) throws IOException {
    try {
      return new RepositoryLock(lock, Journal.begin(lock, volume.root(), path, clock.instant()));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private Path directory() {
    return volume.ownDirectory("locks");
  }
}
