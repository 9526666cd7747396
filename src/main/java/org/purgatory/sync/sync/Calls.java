package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  /**
   * Repeats a call until it comes to something. However often that is, calls that answer at once
   * need no more stack than one.
   */
  static <T> CompletionStage<T> untilPresent(Supplier<CompletionStage<Optional<T>>> call) {
    CompletableFuture<T> end = new CompletableFuture<>();
    repeat(call, end);
    return end;
  }

  private static <T> void repeat(
      Supplier<CompletionStage<Optional<T>>> call, CompletableFuture<T> end) {
    while (!end.isDone()) {
      CompletableFuture<Optional<T>> answer = started(call).toCompletableFuture();
      boolean atOnce = answer.isDone();
      answer.whenComplete(
          (result, failure) -> {
            if (failure != null) {
              end.completeExceptionally(failure);
            } else if (result.isPresent()) {
              end.complete(result.get());
            } else if (!atOnce) {
              repeat(call, end);
            }
          });
      if (!atOnce) {
        return;
      }
    }
  }
}
