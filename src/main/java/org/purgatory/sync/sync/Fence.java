package org.purgatory.sync.sync;

import java.util.concurrent.CompletionStage;

/** Tells a run that was only slow that another one has taken over, before it writes. */
@FunctionalInterface
public interface Fence {

  /**
   * Whether the run still holds its identifier.
   *
   * @return true if it may write now
   */
  CompletionStage<Boolean> holds();
}
