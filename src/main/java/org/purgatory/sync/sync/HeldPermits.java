package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The permits under which fetches are going on here, and since when. */
final class HeldPermits {

  private final DomainThrottle throttle;
  private final Clock clock;
  private final Map<Permit, Instant> held = new ConcurrentHashMap<>();

  HeldPermits(DomainThrottle throttle, Clock clock) {
    this.throttle = throttle;
    this.clock = clock;
  }

  /** Does something under a permit, and gives the permit back however that ends. */
  <T> CompletionStage<T> hold(Permit permit, Supplier<CompletionStage<T>> work) {
    held.put(permit, clock.instant());
    return started(work)
        .handle(
            (result, failure) -> {
              held.remove(permit);
              CompletionStage<T> outcome =
                  failure == null ? completedFuture(result) : failedFuture(failure);
              // What a fetch brought counts, even if the permit comes back only with its lease.
              return throttle.release(permit).handle((done, e) -> done).thenCompose(d -> outcome);
            })
        .thenCompose(Function.identity());
  }

  /** Renews those of fetches that began after a time. Older ones hang, and must not hold a slot. */
  void renew(Instant notBefore) {
    List<Permit> alive =
        held.entrySet().stream()
            .filter(permit -> permit.getValue().isAfter(notBefore))
            .map(Map.Entry::getKey)
            .toList();
    if (!alive.isEmpty()) {
      throttle.renew(alive);
    }
  }

  private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return failedFuture(e);
    }
  }
}
