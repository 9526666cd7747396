package org.purgatory.sync.git;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Finds out which object a server does not have. Git's protocol has no code for it, only a
 * sentence; it counts only if it names an object that was asked for.
 */
final class MissingObjects {

  /** C git's sentence, and JGit's own as a server, where JGit's client puts them. */
  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?:^|: |'ERR )(?:upload-pack: )?"
              + "(?:not our ref ([0-9a-f]{40})"
              + "|want ([0-9a-f]{40}) not valid)\\s*'?$");

  private MissingObjects() {}

  /**
   * The object that the server lacks, if it is one of those asked for.
   *
   * @param thrown what JGit threw
   * @param asked what was asked for
   */
  static Optional<ObjectId> named(Throwable thrown, Set<ObjectId> asked) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      boolean fromServer =
          e instanceof RemoteRepositoryException || e instanceof PackProtocolException;
      if (fromServer && e.getMessage() != null) {
        Optional<ObjectId> oid = read(e.getMessage()).filter(asked::contains);
        if (oid.isPresent()) {
          return oid;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ObjectId> read(String message) {
    Matcher sentence = SENTENCE.matcher(message);
    if (!sentence.find()) {
      return Optional.empty();
    }
    return Optional.of(ObjectId.fromString(sentence.group(sentence.group(1) != null ? 1 : 2)));
  }
}
