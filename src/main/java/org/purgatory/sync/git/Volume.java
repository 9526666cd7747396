package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.util.FS;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.RepositoryException;

/** The directory of the relay's git data, and where owners' repositories are in it. */
final class Volume {

  /** Our own directory below the root. No owner's directory can have this name. */
  private static final String PRIVATE = ".purgatory";

  private final Path root;
  private final RepositoryLayout layout;

  Volume(GitSettings settings) {
    this.root = settings.root().toAbsolutePath().normalize();
    this.layout = settings.layout();
  }

  /** The root itself. */
  Path root() {
    return root;
  }

  /** Lets nobody else into our own directory, which is made if need be. */
  void closePrivateDirectory() throws IOException {
    Path directory = Directories.make(privateDirectory());
    Set<PosixFilePermission> ours = PosixFilePermissions.fromString("rwx------");
    if (!Files.getPosixFilePermissions(directory).equals(ours)) {
      Files.setPosixFilePermissions(directory, ours);
    }
  }

  /** The directory that all of ours are in, not necessarily there yet. */
  Path privateDirectory() {
    return root.resolve(PRIVATE);
  }

  /** A directory of our own, not necessarily there yet. */
  Path ownDirectory(String name) {
    return privateDirectory().resolve(name);
  }

  /** Where the repository is, or would be, relative to the root and with forward slashes. */
  String relativePath(PublicKey owner, RepositoryIdentifier identifier) {
    return layout.path(owner, identifier);
  }

  /**
   * Whether the owner's repository is here. One that is just being created is not.
   *
   * @throws RepositoryException if that cannot be told, or links lead out of the root
   */
  boolean hosts(PublicKey owner, RepositoryIdentifier identifier) {
    Path directory = resolve(owner, identifier);
    if (!Files.isDirectory(directory)) {
      return false;
    }
    String name = relativePath(owner, identifier);
    if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
      throw new RepositoryException(
          name + " cannot be read: give this process the relay's access to it", null);
    }
    requireBelowRoot(directory, name);
    return FileKey.isGitRepository(directory.toFile(), FS.DETECTED);
  }

  /** The directory of an owner's repository, whether it is there or not. */
  Path directory(PublicKey owner, RepositoryIdentifier identifier) {
    return resolve(owner, identifier);
  }

  /** The directory of the objects of an owner's repository. */
  Path objects(PublicKey owner, RepositoryIdentifier identifier) {
    return resolve(owner, identifier).resolve("objects");
  }

  /**
   * Opens an owner's repository anew, so that nothing is remembered of packs that the relay's own
   * git has replaced meanwhile.
   *
   * @return to be closed
   * @throws RepositoryException if it is not here or in a form that cannot be read
   */
  Repository open(PublicKey owner, RepositoryIdentifier identifier) throws IOException {
    return openIfHosted(owner, identifier)
        .orElseThrow(
            () ->
                new RepositoryException(
                    relativePath(owner, identifier) + " is not on this volume", null));
  }

  /**
   * Opens an owner's repository anew, if it is here.
   *
   * @return to be closed
   * @throws RepositoryException if it is in a form that cannot be read
   */
  Optional<Repository> openIfHosted(PublicKey owner, RepositoryIdentifier identifier)
      throws IOException {
    return hosts(owner, identifier) ? openHosted(owner, identifier) : Optional.empty();
  }

  /**
   * Opens an owner's repository anew that {@link #hosts} has just seen.
   *
   * @return to be closed; empty if it has gone
   * @throws RepositoryException if it is in a form that cannot be read
   */
  Optional<Repository> openHosted(PublicKey owner, RepositoryIdentifier identifier)
      throws IOException {
    Repository repository;
    try {
      repository = BareRepositories.open(resolve(owner, identifier));
    } catch (RepositoryNotFoundException e) {
      return Optional.empty();
    }
    if (isSha256(repository)) {
      repository.close();
      throw new RepositoryException(
          relativePath(owner, identifier)
              + " is in SHA-256 format, which is not supported: convert it to SHA-1",
          null);
    }
    return Optional.of(repository);
  }

  private static boolean isSha256(Repository repository) {
    return "sha256"
        .equalsIgnoreCase(repository.getConfig().getString("extensions", null, "objectformat"));
  }

  private Path resolve(PublicKey owner, RepositoryIdentifier identifier) {
    String name = relativePath(owner, identifier);
    try {
      Path path = root.resolve(name).normalize();
      if (path.startsWith(root) && path.getNameCount() == root.getNameCount() + 2) {
        return path;
      }
      throw new RepositoryException(name + " leads out of the git root", null);
    } catch (InvalidPathException e) {
      throw new RepositoryException(
          name
              + " cannot be a file name in this process' locale: start it with a UTF-8 locale, such"
              + " as LC_ALL=C.UTF-8",
          e);
    }
  }

  private void requireBelowRoot(Path directory, String name) {
    // The JDK would look at each directory from the file system's root on.
    if (!Files.isSymbolicLink(directory) && !Files.isSymbolicLink(directory.getParent())) {
      return;
    }
    try {
      if (!directory.toRealPath().startsWith(root.toRealPath())) {
        throw new RepositoryException(name + " leads out of the git root by a link", null);
      }
    } catch (IOException e) {
      throw new RepositoryException(name + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }
}
