package org.purgatory.sync.git;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.PackParser;

/** Does once, on next to nothing, what a fetch does: what it loads need not be loaded then. */
final class WarmUp {

  private WarmUp() {}

  static void run(Quarantines quarantines) throws IOException {
    Path scratch = quarantines.attempt();
    try (Repository repository = BareRepositories.open(scratch)) {
      ObjectId commit = commit(repository);
      byte[] pack = pack(repository, commit);
      try (ObjectInserter inserter = repository.newObjectInserter()) {
        PackParser parser = inserter.newPackParser(new ByteArrayInputStream(pack));
        parser.setObjectChecker(new WaryObjectChecker());
        parser.parse(NullProgressMonitor.INSTANCE);
      }
      try (ObjectReader reader = repository.newObjectReader()) {
        new Connectivity(reader, Set.of(), () -> false).complete(Set.of(commit));
      }
      Promotion.mark(repository, Set.of(commit));
      SSLSocketFactory.getDefault();
    } finally {
      quarantines.discard(scratch);
    }
  }

  private static ObjectId commit(Repository repository) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      TreeFormatter tree = new TreeFormatter();
      byte[] content = "warm".getBytes(StandardCharsets.UTF_8);
      tree.append("file", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, content));
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(tree));
      PersonIdent ident = new PersonIdent("warm", "warm@localhost");
      commit.setAuthor(ident);
      commit.setCommitter(ident);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  private static byte[] pack(Repository repository, ObjectId commit) throws IOException {
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    try (PackWriter writer = new PackWriter(repository)) {
      NullProgressMonitor quiet = NullProgressMonitor.INSTANCE;
      writer.preparePack(quiet, Set.of(commit), Set.of());
      writer.writePack(quiet, quiet, pack);
    }
    return pack.toByteArray();
  }
}
