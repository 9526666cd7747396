package org.purgatory.sync.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the JDK leaves out about directories. */
final class Directories {

  private static final Set<String> EMPTY_AT_FIRST = Set.of("info", "pack");

  private Directories() {}

  /** Makes a directory unless it is there. The JDK tries first, which costs more if it is. */
  static Path make(Path directory) throws IOException {
    return Files.isDirectory(directory) ? directory : Files.createDirectories(directory);
  }

  /** What is in a directory; nothing if it does not exist. */
  static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Whether a repository's directory of objects is as empty as {@code git init} makes it: no loose
   * objects, no packs, and no alternates that might have some (gitrepository-layout).
   */
  static boolean holdsNoObjects(Path objects) throws IOException {
    return entries(objects).stream().allMatch(entry -> EMPTY_AT_FIRST.contains(name(entry)))
        && entries(objects.resolve("pack")).isEmpty()
        && Files.notExists(objects.resolve("info/alternates"));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** Makes the names in a directory survive a power cut, as git does. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Deletes a directory with all that is in it. Links are not followed. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
