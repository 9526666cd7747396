package org.purgatory.sync.store.redis;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Claim;

/**
 * This replica's places in the lines of domains, and how they are written there: replica, fencing
 * token and identifier. Thread-safe.
 */
final class Waiters {

  private final String replica;
  private final Map<Claim, Set<Domain>> standing = new HashMap<>();
  private final Map<Domain, Set<Claim>> lines = new HashMap<>();

  Waiters(String replica) {
    this.replica = replica;
  }

  String write(Claim waiter) {
    return replica + " " + waiter.fencingToken() + " " + waiter.identifier().value();
  }

  static Claim read(String text) {
    String[] parts = text.split(" ", 3);
    return new Claim(new RepositoryIdentifier(parts[2]), Long.parseLong(parts[1]));
  }

  synchronized void add(Domain domain, Claim waiter) {
    standing.computeIfAbsent(waiter, w -> new LinkedHashSet<>()).add(domain);
    lines.computeIfAbsent(domain, d -> new LinkedHashSet<>()).add(waiter);
  }

  synchronized void remove(Domain domain, Claim waiter) {
    standing.computeIfPresent(waiter, (w, domains) -> without(domains, domain));
    lines.computeIfPresent(domain, (d, waiters) -> without(waiters, waiter));
  }

  /** In whose lines a waiter stands. */
  synchronized List<Domain> linesOf(Claim waiter) {
    return List.copyOf(standing.getOrDefault(waiter, Set.of()));
  }

  /** Who stands in a domain's line. */
  synchronized List<Claim> in(Domain domain) {
    return List.copyOf(lines.getOrDefault(domain, Set.of()));
  }

  synchronized boolean anyIn(Domain domain) {
    return lines.containsKey(domain);
  }

  synchronized List<Domain> domains() {
    return List.copyOf(lines.keySet());
  }

  private static <T> Set<T> without(Set<T> set, T element) {
    set.remove(element);
    return set.isEmpty() ? null : set;
  }
}
