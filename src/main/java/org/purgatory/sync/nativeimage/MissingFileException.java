package org.purgatory.sync.nativeimage;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Tells JGit that a file is missing, which it expects: no trace of the stack is kept for that. */
final class MissingFileException extends NoSuchFileException {

  private static final long serialVersionUID = 1;

  MissingFileException(Path file) {
    super(file.toString());
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
