package org.purgatory.sync.ops;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.Usage;

/** Ready means that the store answers: without it no event can be taken in. */
@Readiness
@Singleton
public class StoreAnswers implements HealthCheck {

  private static final long PATIENCE_SECONDS = 2;

  private final SyncStore store;

  StoreAnswers(SyncStore store) {
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("store");
    try {
      Usage usage =
          store.usage().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      return response.up().withData("identifiers", usage.identifiers()).build();
    } catch (CompletionException e) {
      return response.down().withData("problem", String.valueOf(e.getCause())).build();
    }
  }
}
