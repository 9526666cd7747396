package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.lang.System.Logger;
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
import java.util.function.Supplier;

/**
 * The permits under which fetches are going on here. A fetch whose permit may have ended is
 * aborted: somebody else may use that permit by now, and the domain's limits come before the fetch.
 *
 * <p>Invariant: a permit is relied on only until a lease after it was last asked for or renewed,
 * counted from before the question, as the throttle counts from when it answers.
 */
final class HeldPermits {

  private static final Logger LOG = System.getLogger(HeldPermits.class.getName());

  /** The part of the lease that is left for closing the connection. */
  private static final int MARGIN = 20;

  private final DomainThrottle throttle;
  private final Patience patience;
  private final Duration certain;
  private final Clock clock;
  private final Timer timer;
  private final OutageLog renewing;
  private final Map<Permit, Held> held = new ConcurrentHashMap<>();

  /** A fetch, when it began, and until when its permit lasts for certain. */
  private record Held(FetchControl fetch, Instant since, Instant certainUntil) {

    Held renewed(Instant until) {
      return new Held(fetch, since, until);
    }
  }

  HeldPermits(
      DomainThrottle throttle, Patience patience, Duration lease, Clock clock, Timer timer) {
    this.throttle = throttle;
    this.patience = patience;
    this.certain = lease.minus(lease.dividedBy(MARGIN));
    this.clock = clock;
    this.timer = timer;
    this.renewing = new OutageLog(LOG, clock, "Renewing the permits of fetches");
  }

  /**
   * Makes a fetch under a permit, and gives the permit back however that ends.
   *
   * @param permit the permit
   * @param asked when the throttle was asked for it
   * @param work makes the fetch
   */
  <T> CompletionStage<T> hold(
      Permit permit, Instant asked, Function<FetchControl, CompletionStage<T>> work) {
    FetchControl fetch = new FetchControl(clock);
    Instant certainUntil = asked.plus(certain);
    held.put(permit, new Held(fetch, clock.instant(), certainUntil));
    lookAt(permit, certainUntil);
    return Calls.started(() -> work.apply(fetch))
        .handle(
            (result, failure) -> {
              held.remove(permit);
              CompletionStage<T> outcome =
                  failure == null ? completedFuture(result) : failedFuture(failure);
              return giveBack(permit, fetch).thenCompose(done -> outcome);
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
    List<PermitUse> alive =
        held.entrySet().stream()
            .filter(permit -> permit.getValue().since().isAfter(notBefore))
            .map(permit -> new PermitUse(permit.getKey(), permit.getValue().fetch().arrivedAgo()))
            .toList();
    if (!alive.isEmpty()) {
      Calls.started(() -> throttle.renew(alive))
          .whenComplete(renewing::ended)
          .thenAccept(lost -> renewed(alive, lost, now.plus(certain)));
    }
  }

  private void renewed(Collection<PermitUse> asked, Set<Permit> lost, Instant until) {
    for (PermitUse use : asked) {
      if (!lost.contains(use.permit())) {
        held.computeIfPresent(use.permit(), (permit, fetch) -> fetch.renewed(until));
      }
    }
    lost.forEach(this::abort);
  }

  /** Ends the fetch when its permit is no longer certain, be it renewed until then. */
  private void lookAt(Permit permit, Instant when) {
    Duration wait = Duration.between(clock.instant(), when);
    timer.schedule(
        wait.isNegative() ? Duration.ZERO : wait,
        () -> {
          Held fetch = held.get(permit);
          if (fetch == null) {
            return;
          }
          if (fetch.certainUntil().isAfter(clock.instant())) {
            lookAt(permit, fetch.certainUntil());
          } else {
            fetch.fetch().abort();
          }
        });
  }

  private void abort(Permit permit) {
    Held fetch = held.get(permit);
    if (fetch != null) {
      fetch.fetch().abort();
    }
  }

  /**
   * Gives a permit back. What the fetch brought does not wait for a throttle that cannot be
   * reached; the permit does, as its slot would be idle until its lease ends.
   */
  private CompletionStage<Void> giveBack(Permit permit, FetchControl fetch) {
    Supplier<CompletionStage<Void>> release =
        () -> throttle.release(new PermitUse(permit, fetch.arrivedAgo()), fetch.sign());
    return Calls.started(release)
        .handle(
            (done, failure) -> {
              if (failure != null) {
                patience.ask(release);
              }
              return null;
            });
  }
}
