package org.purgatory.sync.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.PackParser;

/**
 * The repository of a fetch attempt: packs that come in are held to the fetch's caps. It need not
 * be on the disk before a pack comes. Nobody else works there, so that what is known of its files
 * can be trusted, whatever {@link IsolatedSystemReader} says of others.
 */
final class AttemptRepository extends OpenedRepository {

  private final FetchMeter meter;
  private final boolean mayCollide;

  /**
   * Opens a repository.
   *
   * @param options where it is, and the objects of which others it sees
   * @param meter knows the caps
   * @param mayCollide whether there are any objects that one of a pack could be named like
   */
  AttemptRepository(BaseRepositoryBuilder<?, ?> options, FetchMeter meter, boolean mayCollide)
      throws IOException {
    super(options);
    this.meter = meter;
    this.mayCollide = mayCollide;
  }

  @Override
  FileBasedConfig readConfig() {
    return FixedConfig.of(BareRepositories.CONFIG);
  }

  @Override
  public ObjectInserter newObjectInserter() {
    ObjectInserter inserter = super.newObjectInserter();
    return new ObjectInserter.Filter() {
      @Override
      protected ObjectInserter delegate() {
        return inserter;
      }

      @Override
      public PackParser newPackParser(InputStream in) {
        Path packs = PackFiles.directory(getDirectory().toPath());
        return new PackReceiver(packs, getObjectDatabase(), mayCollide, in, meter);
      }
    };
  }
}
