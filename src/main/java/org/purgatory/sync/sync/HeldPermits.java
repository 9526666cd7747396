package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The permits under which fetches are going on here. A fetch whose permit may have ended is
 * aborted: somebody else may use that permit by now, and the domain's limits come before the fetch.
 */
final class HeldPermits {

  private final DomainThrottle throttle;
  private final Duration lease;
  private final Clock clock;
  private final Map<Permit, Held> held = new ConcurrentHashMap<>();

  /** A fetch, when it began, and until when its permit lasts for certain. */
  private record Held(FetchControl fetch, Instant since, Instant certainUntil) {

    Held renewed(Instant until) {
      return new Held(fetch, since, until);
    }
  }

  HeldPermits(DomainThrottle throttle, Duration lease, Clock clock) {
    this.throttle = throttle;
    this.lease = lease;
    this.clock = clock;
  }

  /** Makes a fetch under a permit, and gives the permit back however that ends. */
  <T> CompletionStage<T> hold(Permit permit, Function<FetchControl, CompletionStage<T>> work) {
    FetchControl fetch = new FetchControl(clock);
    Instant now = clock.instant();
    held.put(permit, new Held(fetch, now, now.plus(lease)));
    return started(work, fetch)
        .handle(
            (result, failure) -> {
              held.remove(permit);
              CompletionStage<T> outcome =
                  failure == null ? completedFuture(result) : failedFuture(failure);
              // What a fetch brought counts, even if the permit comes back only with its lease.
              return throttle
                  .release(new PermitUse(permit, fetch.arrivedAgo()))
                  .handle((done, e) -> done)
                  .thenCompose(d -> outcome);
            })
        .thenCompose(Function.identity());
  }

  /**
   * Renews those of fetches that began after a time. Older ones hang, and must not hold a slot.
   *
   * @param notBefore the time
   */
  void renew(Instant notBefore) {
    Instant now = clock.instant();
    held.forEach(
        (permit, fetch) -> {
          if (!fetch.certainUntil().isAfter(now)) {
            fetch.fetch().abort();
          }
        });
    List<PermitUse> alive =
        held.entrySet().stream()
            .filter(permit -> permit.getValue().since().isAfter(notBefore))
            .map(permit -> new PermitUse(permit.getKey(), permit.getValue().fetch().arrivedAgo()))
            .toList();
    if (!alive.isEmpty()) {
      throttle.renew(alive).thenAccept(lost -> renewed(alive, lost, now.plus(lease)));
    }
  }

  private void renewed(Collection<PermitUse> asked, Set<Permit> lost, Instant until) {
    for (PermitUse use : asked) {
      if (!lost.contains(use.permit())) {
        held.computeIfPresent(use.permit(), (permit, fetch) -> fetch.renewed(until));
      }
    }
    for (Permit permit : lost) {
      Held fetch = held.get(permit);
      if (fetch != null) {
        fetch.fetch().abort();
      }
    }
  }

  private static <T> CompletionStage<T> started(
      Function<FetchControl, CompletionStage<T>> work, FetchControl fetch) {
    try {
      return work.apply(fetch);
    } catch (RuntimeException e) {
      return failedFuture(e);
    }
  }
}
