package org.purgatory.sync.git;

import java.io.IOException;

/** What is to be passed right before each step of writing. What it throws ends the work. */
@FunctionalInterface
interface WriteFence {
  void pass() throws IOException;
}
