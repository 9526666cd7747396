package org.purgatory.sync.ops;

import java.io.IOException;

/** Port to the tidying of the git volume. */
@FunctionalInterface
public interface QuarantineCleaning {

  /**
   * Deletes what has long not been used. May take a while.
   *
   * @return how many directories were deleted
   * @throws IOException if something could not be deleted; the rest is deleted still
   */
  int removeUnused() throws IOException;
}
