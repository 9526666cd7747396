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
 *
 * <p>Each operation fails with {@link StoreUnavailableException} while the limits' store cannot be
 * reached.
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
   * Gives a permit back. Idempotent. The fetch counts for a minute from when the server received
   * its first request; if nothing is known of that, from now.
   */
  CompletionStage<Void> release(PermitUse use);

  /**
   * Renews permits of fetches that are still going on.
   *
   * @return those that were lost: their fetches must end
   */
  CompletionStage<Set<Permit>> renew(Collection<PermitUse> uses);

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
