package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * Opens what we have made in a repository to those with whom it is shared ({@code
 * core.sharedRepository}), which JGit does not do: the relay's user could not push below a
 * directory that we have made.
 */
final class SharedFiles {

  private static final int GROUP = 0660;
  private static final int EVERYBODY = 0664;
  private static final int SET_GROUP_ID = 02000;
  private static final int ALL_READ = 0444;
  private static final int ALL = 0777;

  private final Path repository;
  private final int bits;
  private final boolean exactly;

  private SharedFiles(Path repository, int bits, boolean exactly) {
    this.repository = repository;
    this.bits = bits;
    this.exactly = exactly;
  }

  /** Opens the files of the refs that a plan changes. */
  static void open(Repository repository, RefPlan plan) throws IOException {
    String shared = repository.getConfig().getString("core", null, "sharedRepository");
    if (shared == null) {
      return;
    }
    Path directory = repository.getDirectory().toPath();
    switch (shared.toLowerCase(Locale.ROOT)) {
      case "group", "true", "1" -> new SharedFiles(directory, GROUP, false).open(plan);
      case "all", "world", "everybody", "2" ->
          new SharedFiles(directory, EVERYBODY, false).open(plan);
      default -> {
        if (shared.matches("0[0-7]{3}")) {
          new SharedFiles(directory, Integer.parseInt(shared, 8) & 0666, true).open(plan);
        }
      }
    }
  }

  private void open(RefPlan plan) throws IOException {
    for (RefCommand command : plan.commands()) {
      openUpTo(repository.resolve("refs"), repository.resolve(command.name().value()));
      Path logs = repository.resolve("logs");
      openUpTo(logs, logs.resolve(command.name().value()));
    }
    open(repository.resolve(Constants.PACKED_REFS));
    open(repository.resolve(Constants.HEAD));
  }

  private void openUpTo(Path top, Path file) throws IOException {
    for (Path path = file; path.startsWith(top) && !path.equals(top); path = path.getParent()) {
      open(path);
    }
  }

  private void open(Path file) throws IOException {
    try {
      int now = FileMode.bits(file);
      int next = (exactly ? now & ~ALL : now) | bits;
      if (Files.isDirectory(file)) {
        next |= (next & ALL_READ) >> 2 | SET_GROUP_ID;
        next |= exactly ? 0700 : 0;
      }
      if (next != now) {
        FileMode.set(file, next);
      }
    } catch (NoSuchFileException e) {
      // Refs may be packed, and may be gone.
    } catch (FileSystemException e) {
      // The relay's own. It has seen to that itself.
    }
  }
}
