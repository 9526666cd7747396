package org.purgatory.sync.testkit;

import java.io.IOException;

/** How the server meets a request before git sees it. */
@FunctionalInterface
interface Behaviour {

  /** Git answers at once. */
  Behaviour NORMAL = visit -> false;

  /** The connection is closed without an answer. */
  Behaviour HANG_UP = visit -> true;

  /**
   * Meets a request.
   *
   * @return whether that was all; otherwise git answers now
   */
  boolean settles(Visit visit) throws IOException, InterruptedException;
}
