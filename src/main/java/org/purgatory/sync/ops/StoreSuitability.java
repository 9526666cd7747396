package org.purgatory.sync.ops;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Port to what an operator has to mend before the store can be relied on. */
@FunctionalInterface
public interface StoreSuitability {

  /**
   * Looks at the store.
   *
   * @return what is wrong and what to do; empty if all is well
   */
  CompletionStage<Optional<String>> problem();
}
