package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * Makes owners' repositories, as the relay would: aside first, so that nobody sees half of one, and
 * open to whom the directory is open that it comes into.
 */
final class RepositoryCreation {

  private final Volume volume;
  private final Quarantines quarantines;

  RepositoryCreation(Volume volume, Quarantines quarantines) {
    this.volume = volume;
    this.quarantines = quarantines;
  }

  /** Makes an owner's repository. One that somebody else makes meanwhile stays. */
  void create(PublicKey owner, RepositoryIdentifier identifier) throws IOException {
    Path target = volume.directory(owner, identifier);
    Path parent = ownerDirectory(target.getParent());
    Path draft = quarantines.draft();
    try {
      FileMode mode = FileMode.of(parent);
      BareRepositories.createShared(draft, mode.isGroupWritable());
      try (Stream<Path> files = Files.walk(draft)) {
        for (Path file : files.toList()) {
          mode.giveTo(file);
        }
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!volume.hosts(owner, identifier)) {
        throw e;
      }
    } finally {
      quarantines.discard(draft);
    }
  }

  private Path ownerDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      FileMode.of(volume.root()).giveTo(directory);
    } catch (FileAlreadyExistsException e) {
      // The owner has other repositories.
    }
    return directory;
  }
}
