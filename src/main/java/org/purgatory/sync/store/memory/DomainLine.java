package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.ThrottleSettings.Limits;

/**
 * One domain's permits, the starts of the last minute, and who waits. Not thread-safe.
 *
 * <p>Invariants: at most {@code maxConcurrent} permits, at most {@code maxPerMinute} starts in the
 * window. Whoever stands at place n of the line may take a permit once n are free, so nobody
 * overtakes and no free permit waits for one that a later waiter could use.
 */
final class DomainLine {

  /**
   * The window, and a little for the way from the permit to the server: what is 60 seconds apart
   * here may arrive a moment closer together there.
   */
  static final Duration WINDOW = Duration.ofSeconds(60).plusMillis(50);

  private final Limits limits;
  private final Map<Long, Instant> permits = new HashMap<>();
  private final Deque<Instant> starts = new ArrayDeque<>();
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
      starts.addLast(now);
    } else {
      line.add(waiter);
    }
    return itsTurn;
  }

  void release(long permit) {
    permits.remove(permit);
  }

  void renew(long permit, Instant until) {
    permits.computeIfPresent(permit, (id, before) -> until);
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
    Optional<Instant> lease = permits.values().stream().min(Instant::compareTo);
    Optional<Instant> window = Optional.ofNullable(starts.peekFirst()).map(s -> s.plus(WINDOW));
    return lease.isPresent() && window.isPresent()
        ? Optional.of(lease.get().isBefore(window.get()) ? lease.get() : window.get())
        : lease.or(() -> window);
  }

  /** How long the window alone keeps everybody waiting. */
  Duration windowWait(Instant now) {
    return starts.size() < limits.maxPerMinute()
        ? Duration.ZERO
        : Duration.between(now, starts.getFirst().plus(WINDOW));
  }

  /** Whether there is nothing to remember. */
  boolean isIdle(Instant now) {
    tidy(now);
    return permits.isEmpty() && starts.isEmpty() && line.isEmpty();
  }

  private Collection<Claim> atTurn() {
    return line.stream().limit(free()).toList();
  }

  private int free() {
    int concurrent = limits.maxConcurrent() - permits.size();
    int inWindow = limits.maxPerMinute() - starts.size();
    return Math.max(0, Math.min(concurrent, inWindow));
  }

  private void tidy(Instant now) {
    permits.values().removeIf(until -> !until.isAfter(now));
    Instant gone = now.minus(WINDOW);
    while (!starts.isEmpty() && !starts.getFirst().isAfter(gone)) {
      starts.removeFirst();
    }
  }
}
