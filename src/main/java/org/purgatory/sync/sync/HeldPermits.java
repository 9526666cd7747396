package org.purgatory.sync.sync;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The permits under which fetches are going on here. */
final class HeldPermits {

  private final DomainThrottle throttle;
  private final Set<Permit> held = ConcurrentHashMap.newKeySet();

  HeldPermits(DomainThrottle throttle) {
    this.throttle = throttle;
  }

  /** Does something under a permit, and gives the permit back however that ends. */
  <T> CompletionStage<T> hold(Permit permit, Supplier<CompletionStage<T>> work) {
    held.add(permit);
    return work.get()
        .handle(
            (result, failure) -> {
              held.remove(permit);
              return throttle.release(permit).thenCompose(released -> same(result, failure));
            })
        .thenCompose(Function.identity());
  }

  /** Renews all of them. */
  CompletionStage<Void> renew() {
    return throttle.renew(Set.copyOf(held));
  }

  private static <T> CompletionStage<T> same(T result, Throwable failure) {
    return failure == null
        ? CompletableFuture.completedFuture(result)
        : CompletableFuture.failedFuture(failure);
  }
}
