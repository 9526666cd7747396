package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Calls that end in a stage, whatever happens: one that throws has failed like any other. */
final class Calls {

  private Calls() {}

  /** Makes a call. */
  static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return failedFuture(e);
    }
  }
}
