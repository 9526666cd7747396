package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Makes bare repositories below one directory: a relay's git root, or what a server serves. */
public final class GitWorkshop {

  private final Path root;

  private GitWorkshop(Path root) {
    this.root = root;
  }

  /** A workshop below a directory, for example JUnit's temporary one. */
  public static GitWorkshop in(Path root) {
    return new GitWorkshop(root);
  }

  /** The directory that all repositories are below. */
  public Path root() {
    return root;
  }

  /**
   * Makes an empty bare repository whose HEAD is {@code refs/heads/main}.
   *
   * @param path its place below the root, for example {@code npub1…/project.git}
   */
  public BareRepository bare(String path) {
    Path directory = root.resolve(path);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Git.in(directory).run("init", "--quiet", "--bare", "--initial-branch=main");
    return new BareRepository(directory);
  }

  /** Clones a URL into a bare repository with C git; the given options come before the URL. */
  public BareRepository cloneBare(String url, String path, String... options) {
    Path directory = root.resolve(path);
    Stream<String> where = Stream.of(url, directory.toString());
    Stream<String> clone =
        Stream.concat(Stream.of("clone", "--quiet", "--bare"), Stream.of(options));
    Git.in(root).run(Stream.concat(clone, where).toArray(String[]::new));
    return new BareRepository(directory);
  }
}
