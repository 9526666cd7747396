package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on the volume that one thread of one process holds, and that ends with the process,
 * however that ends. The file stays, for a lock on a file that was replaced would be none.
 *
 * <p>Over a network the volume's file system has to support locks, as NFSv4 does.
 */
final class VolumeLock implements AutoCloseable {

  /**
   * Files whose lock this process holds. The system gives such locks to processes, not to threads,
   * and takes them back as soon as the process closes any channel to the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private VolumeLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes a lock, whose file is made if need be; nothing if somebody has it. */
  static Optional<VolumeLock> tryTake(Path file) throws IOException {
    Directories.make(file.getParent());
    return tryTake(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Takes a lock whose file is there; nothing if somebody has it, or it is not there. */
  static Optional<VolumeLock> tryTakeExisting(Path file) throws IOException {
    try {
      return tryTake(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<VolumeLock> tryTake(Path file, OpenOption... options) throws IOException {
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = FileChannel.open(file, options);
      taken = channel.tryLock() != null;
      return taken ? Optional.of(new VolumeLock(file, channel)) : Optional.empty();
    } finally {
      if (!taken) {
        close(file, channel);
      }
    }
  }

  /** The file. No other channel to it may be opened while the lock is held. */
  Path file() {
    return file;
  }

  /** Reads and writes the file. */
  FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    close(file, channel);
  }

  private static void close(Path file, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(file);
    }
  }
}
