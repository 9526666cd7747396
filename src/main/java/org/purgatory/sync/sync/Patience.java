package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Asks again while the store cannot be reached. For runs: the work behind them would be lost if
 * they gave up, and whether it still counts the store says when it is back.
 */
final class Patience {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Timer timer;

  Patience(Timer timer) {
    this.timer = timer;
  }

  /** Asks until there is an answer, or a failure other than that the store is unavailable. */
  <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    ask(question, answer);
    return answer;
  }

  private <T> void ask(Supplier<CompletionStage<T>> question, CompletableFuture<T> answer) {
    Calls.started(question)
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                answer.complete(result);
              } else if (Failures.cause(failure) instanceof StoreUnavailableException) {
                timer.schedule(PAUSE, () -> ask(question, answer));
              } else {
                answer.completeExceptionally(Failures.cause(failure));
              }
            });
  }
}
