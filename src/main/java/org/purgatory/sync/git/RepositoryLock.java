package org.purgatory.sync.git;

import java.io.IOException;

/**
 * The right to change an owner's repository.
 *
 * @param lock what gives it
 * @param journal where to say beforehand what will be made
 */
record RepositoryLock(VolumeLock lock, Journal journal) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    try {
      journal.end();
    } finally {
      lock.close();
    }
  }
}
