package org.purgatory.sync.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.Domain;

/**
 * How busy a domain is, and whether it may be asked. Times are the store's.
 *
 * @param domain the domain
 * @param limits its limits
 * @param inFlight fetches in progress
 * @param inWindow fetches that count for the last 60 seconds
 * @param waiting who stands in its line
 * @param nextCapacity when a permit is free next at the latest, as far as is known; empty if one is
 *     free now
 * @param patienceUntil until when its server asked for patience; empty if it does not now
 * @param openCircuits its servers that are not tried for a while, by origin
 */
public record DomainStatus(
    Domain domain,
    ThrottleSettings.Limits limits,
    int inFlight,
    int inWindow,
    int waiting,
    Optional<Instant> nextCapacity,
    Optional<Instant> patienceUntil,
    List<OpenCircuit> openCircuits) {

  /** Copies the list. */
  public DomainStatus {
    openCircuits = List.copyOf(openCircuits);
  }

  /**
   * Whether there is nothing to tell of the domain.
   *
   * @return true if nobody fetches, waits or is kept away
   */
  public boolean isQuiet() {
    return inFlight == 0
        && inWindow == 0
        && waiting == 0
        && patienceUntil.isEmpty()
        && openCircuits.isEmpty();
  }
}
