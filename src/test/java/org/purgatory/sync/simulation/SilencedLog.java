package org.purgatory.sync.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the engine from warning of everything that is made to go wrong. */
final class SilencedLog implements AutoCloseable {

  private final Logger logger = Logger.getLogger("org.purgatory.sync.sync");
  private final Level before = logger.getLevel();

  SilencedLog() {
    logger.setLevel(Level.OFF);
  }

  @Override
  public void close() {
    logger.setLevel(before);
  }
}
