package org.purgatory.sync.ops;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.purgatory.sync.sync.Failures;
import org.purgatory.sync.sync.SyncStore;

/** Ready means that the store answers: without it no event can be taken in. */
@Readiness
@Singleton
public class StoreAnswers implements HealthCheck {

  private static final long PATIENCE_SECONDS = 2;

  private final SyncStore store;
  private final StoreSuitability suitability;

  StoreAnswers(SyncStore store, StoreSuitability suitability) {
    this.store = store;
    this.suitability = suitability;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("store");
    try {
      Optional<String> problem = answer(suitability.problem());
      problem.ifPresent(text -> response.withData("problem", text));
      response.withData("identifiers", answer(store.usage()).identifiers());
      return response.status(problem.isEmpty()).build();
    } catch (CompletionException e) {
      return response.down().withData("problem", problem(Failures.cause(e))).build();
    }
  }

  private static <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static String problem(Throwable failure) {
    return failure instanceof TimeoutException
        ? "the store does not answer within " + PATIENCE_SECONDS + " s"
        : String.valueOf(failure.getMessage());
  }
}
