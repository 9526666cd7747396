package org.purgatory.sync.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.RefDirectory;

/**
 * How JGit makes sure, before it looks at a ref, that an NFS client's view of it is fresh: it opens
 * the directories above it. It would also open the ref's name below the directory that the process
 * works in (as of JGit 7.8), where there is none: see {@link MissingFiles} for what that costs.
 */
@TargetClass(RefDirectory.class)
final class LooseRefs {

  private LooseRefs() {}

  @Alias
  native File fileFor(String name);

  @Substitute
  void refreshPathToLooseRef(Path ref) {
    for (int depth = 1; depth < ref.getNameCount(); depth++) {
      Path directory = fileFor(ref.subpath(0, depth).toString()).toPath();
      if (!Files.isDirectory(directory)) {
        return;
      }
      try {
        Files.newInputStream(directory).close();
      } catch (IOException e) {
        return;
      }
    }
  }
}
