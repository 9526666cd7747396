package org.purgatory.sync.sync;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;

/**
 * Port to the limits towards remote domains: so many fetches at once, and so many started in any 60
 * seconds, and none while a domain's server asks for patience. It knows nothing of URLs: which of
 * them were tried is the run's own knowledge.
 *
 * <p>A server that cannot be reached is not tried for a minute, twice as long with each further
 * failure, up to 12 hours; then one fetch tries for all. It is known by its origin: anybody may
 * announce a port that is closed, and other servers of the host must not suffer from it.
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
   * @param origin where the fetch goes to
   * @param waiter the run that asks; it keeps the place that it has
   * @return the permit, or how long to wait, or that the server is not tried now
   */
  CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter);

  /**
   * Gives a permit back, and learns what the fetch has shown, in one atomic step. Idempotent: of a
   * permit that is over nothing is learnt. The fetch counts for a minute from when the server
   * received its first request; if nothing is known of that, from now.
   *
   * @param use the permit
   * @param sign what the fetch has shown of the server
   */
  CompletionStage<Void> release(PermitUse use, ExchangeSign sign);

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
   * Tells of the domains, in the order of their names.
   *
   * @param after where to begin, itself excluded; empty: with the first
   * @param most how many to look at, at least 1
   * @return a page, which may hold fewer than there are
   */
  CompletionStage<DomainPage> domains(Optional<Domain> after, int most);

  /**
   * Sets who hears that a waiter's turn has come.
   *
   * @param listener called from any thread; must return at once
   */
  void onTurn(Consumer<Claim> listener);
}
