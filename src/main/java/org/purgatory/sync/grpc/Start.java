package org.purgatory.sync.grpc;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;

/** Where a client wants its stream to begin. */
sealed interface Start {

  /**
   * Finds the place in the log.
   *
   * @param log the log
   * @return the place
   */
  CompletionStage<Place> find(ResultLog log);

  /**
   * A place to begin from.
   *
   * @param position reading begins behind it
   * @param given whether the client depends on it: then it must not move, as results would be
   *     skipped unnoticed
   */
  record Place(ResultPosition position, boolean given) {}

  /**
   * Behind the last response that the client has dealt with.
   *
   * @param place the response's place
   */
  record Behind(ResultPosition place) implements Start {
    @Override
    public CompletionStage<Place> find(ResultLog log) {
      return completedFuture(new Place(place, true));
    }
  }

  /**
   * Behind what a consumer acknowledged last; with the oldest result if it never did.
   *
   * @param consumer the consumer's name
   */
  record Acknowledged(String consumer) implements Start {
    @Override
    public CompletionStage<Place> find(ResultLog log) {
      return log.acknowledged(consumer)
          .thenCompose(
              last ->
                  last.map(place -> new Behind(place).find(log))
                      .orElseGet(() -> new Oldest().find(log)));
    }
  }

  /** With the oldest result that is retained. */
  record Oldest() implements Start {
    @Override
    public CompletionStage<Place> find(ResultLog log) {
      return log.bounds().thenApply(bounds -> new Place(bounds.oldest(), false));
    }
  }

  /** With the first result that is stored from now on. */
  record OnlyNew() implements Start {
    @Override
    public CompletionStage<Place> find(ResultLog log) {
      return log.bounds().thenApply(bounds -> new Place(bounds.newest(), true));
    }
  }
}
