package org.purgatory.sync.sync;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;

/**
 * Port to the limits towards remote domains: so many fetches at once, and so many started in any 60
 * seconds. It knows nothing of URLs: which of them were tried is the run's own knowledge.
 *
 * <p>Whoever is told to wait stands in the domain's line, first come, first served. When a waiter's
 * turn has come the listener hears of it, and the waiter asks again. That it only asks, and is not
 * handed a permit, is what allows it to stand in several lines without wasting what it cannot use.
 */
public interface DomainThrottle {

  /**
   * Takes a permit, or a place in the domain's line. Checking and taking are one atomic step.
   *
   * @param domain where the fetch goes to
   * @param waiter the run that asks; it keeps the place that it has
   * @return the permit, or how long to wait
   */
  CompletionStage<PermitDecision> tryAcquire(Domain domain, Claim waiter);

  /**
   * Says that the server has received the first request of a fetch. Its minute begins here: counted
   * from the permit, two requests could reach the server closer together than they were granted.
   */
  CompletionStage<Void> arrived(Permit permit);

  /** Gives a permit back. Idempotent. */
  CompletionStage<Void> release(Permit permit);

  /** Renews permits of fetches that are still going on. */
  CompletionStage<Void> renew(Collection<Permit> permits);

  /**
   * Leaves every line but those of some domains. A place that is of no use holds up who stands
   * behind it.
   */
  CompletionStage<Void> leaveAllBut(Claim waiter, Set<Domain> domains);

  /**
   * Sets who hears that a waiter's turn has come.
   *
   * @param listener called from any thread; must return at once
   */
  void onTurn(Consumer<Claim> listener);
}
