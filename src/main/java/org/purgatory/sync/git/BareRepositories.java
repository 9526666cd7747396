package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Opens bare repositories, and makes our own. */
final class BareRepositories {

  /**
   * Nothing of it comes from outside. Redirects: GitLab, for one, answers so to clone URLs. A relay
   * that serves whatever lies below its git root serves nothing of these.
   */
  static final String CONFIG =
      """
      [core]
      \trepositoryformatversion = 0
      \tbare = true
      [gc]
      \tauto = 0
      [http]
      \tfollowRedirects = initial
      \tmaxRedirects = 3
      \tuploadpack = false
      \tgetanyfile = false
      [daemon]
      \tuploadpack = false
      [transfer]
      \thideRefs = refs
      """;

  /** There is none packed. JGit, which looks often, finds that out sooner from an empty file. */
  private static final String PACKED_REFS = "# pack-refs with: peeled fully-peeled sorted \n";

  private BareRepositories() {}

  /**
   * Opens a repository. It is to be closed.
   *
   * @throws RepositoryNotFoundException if there is none
   */
  static FileRepository open(Path directory) throws IOException {
    return open(directory, List.of());
  }

  /**
   * Opens a repository with the objects of others. It is to be closed.
   *
   * @param directory the repository
   * @param objects directories of objects that it sees besides its own
   * @throws RepositoryNotFoundException if there is none
   */
  static FileRepository open(Path directory, Collection<Path> objects) throws IOException {
    OpenedRepository repository = new OpenedRepository(options(directory, objects));
    if (!repository.getObjectDatabase().exists()) {
      repository.close();
      throw new RepositoryNotFoundException(repository.getDirectory());
    }
    return repository;
  }

  /**
   * Opens the repository of a fetch attempt, which is to be made before it receives anything. It is
   * to be closed.
   *
   * @param directory the repository
   * @param objects directories of objects that it sees besides its own
   * @param meter what it receives is held to
   */
  static Repository openAttempt(Path directory, Collection<Path> objects, FetchMeter meter)
      throws IOException {
    return new AttemptRepository(options(directory, objects), meter, !objects.isEmpty());
  }

  private static FileRepositoryBuilder options(Path directory, Collection<Path> objects)
      throws IOException {
    FileRepositoryBuilder builder =
        new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare();
    for (Path other : objects) {
      // By this name JGit does not recognise the repository around the objects. It would keep that
      // open in a cache of its own, with packs that the relay's git may have replaced since.
      builder.addAlternateObjectDirectory(other.resolve(".").toFile());
    }
    return builder.setup();
  }

  /** Makes an empty repository of our own in a directory that nobody else uses yet. */
  static void create(Path directory) throws IOException {
    create(directory, "objects", "objects/pack", "refs");
    Files.writeString(directory.resolve("config"), CONFIG);
    Files.writeString(directory.resolve(Constants.PACKED_REFS), PACKED_REFS);
    Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/none\n");
  }

  /** Makes an empty repository like the relay's, in a directory that nobody else uses yet. */
  static void createShared(Path directory, boolean withGroup) throws IOException {
    create(directory, "objects", "objects/pack", "objects/info", "refs", "refs/heads", "refs/tags");
    String config = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";
    Files.writeString(
        directory.resolve("config"), withGroup ? config + "\tsharedRepository = group\n" : config);
    Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/main\n");
  }

  private static void create(Path directory, String... inner) throws IOException {
    Files.createDirectory(directory);
    for (String name : inner) {
      Files.createDirectory(directory.resolve(name));
    }
  }
}
