package org.purgatory.sync.git;

import java.io.IOException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.storage.file.FileBasedConfig;

/**
 * A repository that is opened for one piece of work. Its configuration is read once: JGit's own
 * looks for a newer one each time that it is asked, and reads a file anew that is new itself.
 */
class OpenedRepository extends FileRepository {

  /** Without a value here: JGit's constructor asks for it before this one's fields are set. */
  private FileBasedConfig config;

  /**
   * Opens a repository, whether there is one or not.
   *
   * @param options where it is, and the objects of which others it sees
   */
  OpenedRepository(BaseRepositoryBuilder<?, ?> options) throws IOException {
    super(options);
  }

  @Override
  public final FileBasedConfig getConfig() {
    if (config == null) {
      config = readConfig();
    }
    return config;
  }

  /** Its configuration, for as long as it is open. */
  FileBasedConfig readConfig() {
    return super.getConfig();
  }
}
