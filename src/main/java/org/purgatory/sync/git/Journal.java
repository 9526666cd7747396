package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What we are about to make in an owner's repository and mean to take away again, written into the
 * file of the repository's lock. Who gets the lock of a process that was killed finds it there, and
 * deletes just that.
 *
 * <p>The first line is the repository's path below the root. Each further one is a file of it:
 * {@code ours} are those whose names nobody else uses; a {@code lock} may be the relay's, too.
 */
final class Journal {

  /** Git holds a lock for much less, unless it was killed. */
  private static final Duration STALE = Duration.ofMinutes(1);

  private final FileChannel channel;
  private final Path repository;
  private final Instant begun;
  private final List<String> leftOver;
  private boolean unsynced;

  private Journal(FileChannel channel, Path repository, Instant begun, List<String> leftOver) {
    this.channel = channel;
    this.repository = repository;
    this.begun = begun;
    this.leftOver = leftOver;
  }

  /**
   * Takes away what an earlier holder of the lock has left behind, and begins anew.
   *
   * @param path the repository's path below the root
   */
  static Journal begin(VolumeLock lock, Path root, String path, Instant now) throws IOException {
    List<String> leftOver = new ArrayList<>();
    List<String> lines = read(lock.channel());
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      if (!clean(root.resolve(lines.get(0)), line, now)) {
        leftOver.add(line);
      }
    }
    lock.channel().truncate(0);
    Journal journal =
        new Journal(
            lock.channel(),
            root.resolve(path),
            // What the file system says, as that says how old locks are.
            Files.getLastModifiedTime(lock.file()).toInstant(),
            leftOver);
    journal.write(Stream.concat(Stream.of(path), leftOver.stream()));
    return journal;
  }

  /** The path of the repository that a lock is of; nothing if nothing was left behind. */
  static Optional<String> path(VolumeLock lock) throws IOException {
    return read(lock.channel()).stream().findFirst();
  }

  /** Files will be made, from now on, whose names nobody else uses. */
  void willMake(Collection<Path> files) throws IOException {
    write(files.stream().map(file -> "ours 0 " + repository.relativize(file)));
    sync();
  }

  /** Locks of git's will be taken, once this is synced; names are relative to the repository. */
  void willLock(Collection<String> files) throws IOException {
    write(files.stream().map(file -> "lock " + begun.toEpochMilli() + ' ' + file));
  }

  /** Makes what was written survive a power cut. */
  void sync() throws IOException {
    if (unsynced) {
      channel.force(false);
      unsynced = false;
    }
  }

  /** All that was made is gone again. */
  void end() throws IOException {
    if (leftOver.isEmpty()) {
      channel.truncate(0);
    }
  }

  private void write(Stream<String> lines) throws IOException {
    String text = lines.map(line -> line + '\n').collect(Collectors.joining());
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), channel.size());
    unsynced = true;
  }

  /** Whole lines only: what comes behind them was not made yet. */
  private static List<String> read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
      // Reads on.
    }
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** Whether a line is done with. */
  private static boolean clean(Path repository, String line, Instant now) throws IOException {
    String[] parts = line.split(" ", 3);
    Path file = repository.resolve(parts[2]).normalize();
    if (!file.startsWith(repository) || !Files.exists(file)) {
      return true;
    }
    if (parts[0].equals("lock")) {
      Instant made = Files.getLastModifiedTime(file).toInstant();
      if (made.toEpochMilli() < Long.parseLong(parts[1])) {
        return true;
      }
      // A younger one may be that of a push under way.
      if (made.isAfter(now.minus(STALE))) {
        return false;
      }
    }
    Files.deleteIfExists(file);
    return true;
  }
}
