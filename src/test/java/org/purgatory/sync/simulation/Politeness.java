package org.purgatory.sync.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.ThrottleSettings;

/** Counts at the servers themselves what reaches them, whatever permits say. */
final class Politeness {

  private static final long MINUTE = 60_000_000;

  private final World world;
  private final ThrottleSettings.Limits limits;
  private final Map<Domain, Deque<Long>> arrivals = new TreeMap<>();

  Politeness(World world, ThrottleSettings.Limits limits) {
    this.world = world;
    this.limits = limits;
  }

  /** A request reached a server of the domain. */
  void arrived(Domain domain) {
    long now = world.schedule.now();
    Deque<Long> times = arrivals.computeIfAbsent(domain, d -> new ArrayDeque<>());
    while (!times.isEmpty() && times.peek() <= now - MINUTE) {
      times.remove();
    }
    times.add(now);
    if (times.size() > limits.maxPerMinute()) {
      world.trace.violated("%d fetches reached %s within a minute".formatted(times.size(), domain));
    }
    int open = world.servers.openAt(domain);
    if (open > limits.maxConcurrent()) {
      world.trace.violated("%d fetches at once at %s".formatted(open, domain));
    }
  }
}
