package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.ThrottleSettings.Limits;

/**
 * One domain's permits, the starts of the last minute, and who waits. Not thread-safe.
 *
 * <p>Invariants: at most {@code maxConcurrent} permits; at most {@code maxPerMinute} starts, those
 * that are still on their way included, which do not grow old. Whoever stands at place n of the
 * line may take a permit once n are free, so nobody overtakes, and no free permit waits for one
 * that a later waiter could use.
 */
final class DomainLine {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final Limits limits;
  private final Map<Long, Instant> permits = new HashMap<>();
  private final Set<Long> onTheWay = new HashSet<>();
  private final Queue<Instant> arrivals = new PriorityQueue<>();
  private final Set<Claim> line = new LinkedHashSet<>();

  DomainLine(Limits limits) {
    this.limits = limits;
  }

  /** Takes a permit if it is the waiter's turn, or lets it stand in the line. */
  boolean tryTake(Claim waiter, long permit, Instant now, Duration lease) {
    tidy(now);
    boolean itsTurn = line.contains(waiter) ? atTurn().contains(waiter) : line.size() < free();
    if (itsTurn) {
      line.remove(waiter);
      permits.put(permit, now.plus(lease));
      onTheWay.add(permit);
    } else {
      line.add(waiter);
    }
    return itsTurn;
  }

  /** The permit's first request has reached the server: its minute begins there. */
  void arrived(long permit, Instant when) {
    if (onTheWay.remove(permit)) {
      arrivals.add(when);
    }
  }

  /** Ends a permit whose request reached the server then, if it was not known yet. */
  void release(long permit, Instant arrived) {
    permits.remove(permit);
    arrived(permit, arrived);
  }

  /** Lets a permit last longer, and says whether it was still there. */
  boolean renew(long permit, Instant now, Instant until) {
    tidy(now);
    return permits.computeIfPresent(permit, (id, before) -> until) != null;
  }

  void leave(Claim waiter) {
    line.remove(waiter);
  }

  /** Those whose turn it is, given what is free. */
  List<Claim> turns(Instant now) {
    tidy(now);
    return List.copyOf(atTurn());
  }

  /** When time alone, without a release, frees something next. */
  Optional<Instant> nextChange() {
    Stream<Instant> window = Stream.ofNullable(arrivals.peek()).map(start -> start.plus(WINDOW));
    return Stream.concat(permits.values().stream(), window).min(Instant::compareTo);
  }

  /** How long the window alone keeps everybody waiting, as far as is known. */
  Duration windowWait(Instant now) {
    boolean full = onTheWay.size() + arrivals.size() >= limits.maxPerMinute();
    return full && !arrivals.isEmpty()
        ? Duration.between(now, arrivals.element().plus(WINDOW))
        : Duration.ZERO;
  }

  /** Whether there is nothing to remember. */
  boolean isIdle(Instant now) {
    tidy(now);
    return permits.isEmpty() && arrivals.isEmpty() && line.isEmpty();
  }

  private Collection<Claim> atTurn() {
    return line.stream().limit(free()).toList();
  }

  private int free() {
    int concurrent = limits.maxConcurrent() - permits.size();
    int inWindow = limits.maxPerMinute() - onTheWay.size() - arrivals.size();
    return Math.max(0, Math.min(concurrent, inWindow));
  }

  private void tidy(Instant now) {
    List<Map.Entry<Long, Instant>> lost =
        permits.entrySet().stream().filter(permit -> !permit.getValue().isAfter(now)).toList();
    // Whoever lost its permit without a word may have used it until then.
    lost.forEach(permit -> release(permit.getKey(), permit.getValue()));
    Instant gone = now.minus(WINDOW);
    while (!arrivals.isEmpty() && !arrivals.element().isAfter(gone)) {
      arrivals.remove();
    }
  }
}
