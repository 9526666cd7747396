package org.purgatory.sync.ops.metrics;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.purgatory.sync.nostr.Domain;

/**
 * Which domains have series of their own: the busiest, so that strangers' clone URLs cannot make
 * the series without end. Domains are counted by requests.
 *
 * <p>An unlabelled domain takes the place of the least busy labelled one when it is twice as busy.
 * Merely busier would let two equal domains take turns for ever; so, each change doubles a labelled
 * count, and there are at most as many changes as labels times the logarithm of all requests.
 *
 * <p>Invariant: at most {@code most} domains are labelled, and at most ten times as many unlabelled
 * ones are remembered, those asked for last. Changed by one thread at a time, asked by any.
 */
final class DomainLabels {

  private static final int CANDIDATES_PER_LABEL = 10;

  private final int most;
  private final Map<Domain, Long> labelled = new ConcurrentHashMap<>();
  private final Map<Domain, Long> candidates;

  DomainLabels(int most) {
    this.most = most;
    this.candidates =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Domain, Long> eldest) {
            return size() > most * CANDIDATES_PER_LABEL;
          }
        };
  }

  /**
   * Counts a request.
   *
   * @return the domain that lost its label by it, if any
   */
  Optional<Domain> count(Domain domain) {
    if (labelled.computeIfPresent(domain, (d, requests) -> requests + 1) != null) {
      return Optional.empty();
    }
    if (labelled.size() < most) {
      labelled.put(domain, 1L);
      return Optional.empty();
    }
    long requests = candidates.merge(domain, 1L, Long::sum);
    Map.Entry<Domain, Long> leastBusy = leastBusy();
    if (requests < 2 * leastBusy.getValue()) {
      return Optional.empty();
    }
    candidates.remove(domain);
    labelled.remove(leastBusy.getKey());
    candidates.put(leastBusy.getKey(), leastBusy.getValue());
    labelled.put(domain, requests);
    return Optional.of(leastBusy.getKey());
  }

  /** Whether a domain has a label of its own. */
  boolean has(Domain domain) {
    return labelled.containsKey(domain);
  }

  /** The domains that have a label of their own. */
  Set<Domain> all() {
    return Set.copyOf(labelled.keySet());
  }

  /** How many domains are remembered, labelled or not. */
  int remembered() {
    return labelled.size() + candidates.size();
  }

  private Map.Entry<Domain, Long> leastBusy() {
    return labelled.entrySet().stream()
        .min(
            Comparator.comparing(Map.Entry<Domain, Long>::getValue)
                .thenComparing(Map.Entry::getKey))
        .orElseThrow();
  }
}
