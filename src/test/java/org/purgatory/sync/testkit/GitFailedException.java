package org.purgatory.sync.testkit;

import java.util.List;

/** A git command ended with an error; the message holds the command and what git said. */
public final class GitFailedException extends RuntimeException {

  GitFailedException(List<String> command, GitResult result) {
    super(
        "`"
            + String.join(" ", command)
            + "` ended with "
            + result.exitCode()
            + ": "
            + result.output());
  }
}
