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
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainStatus;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.ThrottleSettings.Limits;

/**
 * One domain's permits, the starts of the last minute, who waits, and until when its server wants
 * nobody to come. Not thread-safe.
 *
 * <p>Invariants: at most {@code maxConcurrent} permits; at most {@code maxPerMinute} starts, those
 * that are still on their way included, which do not grow old. Whoever stands at place n of the
 * line may take a permit once n are free, so nobody overtakes, and no free permit waits for one
 * that a later waiter could use. None is free while the server wants nobody to come.
 */
final class DomainLine {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final Limits limits;
  private final Map<Long, Instant> permits = new HashMap<>();
  private final Set<Long> onTheWay = new HashSet<>();
  private final Queue<Instant> arrivals = new PriorityQueue<>();
  private final Set<Claim> line = new LinkedHashSet<>();
  private final Circuits circuits = new Circuits();
  private Instant patienceUntil = Instant.MIN;

  DomainLine(Limits limits) {
    this.limits = limits;
  }

  /** Takes a permit if it is the waiter's turn, or lets it stand in the line. */
  PermitDecision tryTake(Claim waiter, Permit permit, Instant now, Duration lease) {
    tidy(now);
    Optional<PermitDecision.Blocked> blocked =
        circuits.blocked(permit.origin(), now, permits.keySet());
    if (blocked.isPresent()) {
      return blocked.get();
    }
    boolean itsTurn =
        line.contains(waiter) ? atTurn(now).contains(waiter) : line.size() < free(now);
    if (!itsTurn) {
      line.add(waiter);
      return new PermitDecision.Wait(wait(now));
    }
    line.remove(waiter);
    permits.put(permit.id(), now.plus(lease));
    onTheWay.add(permit.id());
    circuits.granted(permit.origin(), permit.id());
    return new PermitDecision.Granted(permit);
  }

  /** The permit's first request has reached the server: its minute begins there. */
  void arrived(long permit, Instant when) {
    if (onTheWay.remove(permit)) {
      arrivals.add(when);
    }
  }

  /**
   * Ends a permit, unless it is over.
   *
   * @param arrived when its request reached the server, if that was not known yet
   * @param sign what its fetch has shown
   */
  void release(Permit permit, Instant arrived, ExchangeSign sign, Instant now) {
    tidy(now);
    if (permits.remove(permit.id()) == null) {
      return;
    }
    arrived(permit.id(), arrived);
    if (sign instanceof ExchangeSign.Unreachable unreachable) {
      circuits.failed(permit.origin(), permit.id(), unreachable.cause(), now);
    } else if (!(sign instanceof ExchangeSign.NoSign)) {
      circuits.answered(permit.origin());
    }
    if (sign instanceof ExchangeSign.AskedForPatience patience) {
      Instant until = now.plus(patience.duration());
      patienceUntil = until.isAfter(patienceUntil) ? until : patienceUntil;
    }
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
    return List.copyOf(atTurn(now));
  }

  /** When time alone, without a release, frees or forgets something next. */
  Optional<Instant> nextChange(Instant now) {
    Stream<Instant> times =
        Stream.of(
                permits.values().stream(),
                windowMoves().stream(),
                patience(now).stream(),
                circuits.nextForgotten().stream())
            .flatMap(some -> some);
    return times.min(Instant::compareTo);
  }

  /** What there is to tell of it. */
  DomainStatus status(Domain domain, Instant now) {
    tidy(now);
    return new DomainStatus(
        domain,
        limits,
        permits.size(),
        onTheWay.size() + arrivals.size(),
        line.size(),
        nextCapacity(now),
        patience(now),
        circuits.open(now));
  }

  /** Forgets which servers cannot be reached. */
  void forgetCircuits() {
    circuits.clear();
  }

  /** Whether there is nothing to remember. */
  boolean isIdle(Instant now) {
    tidy(now);
    return permits.isEmpty()
        && arrivals.isEmpty()
        && line.isEmpty()
        && circuits.isEmpty()
        && patience(now).isEmpty();
  }

  /** How long the window and the server's word keep everybody waiting, as far as is known. */
  private Duration wait(Instant now) {
    Stream<Instant> ends =
        Stream.concat(
            patience(now).stream(), isWindowFull() ? windowMoves().stream() : Stream.empty());
    return ends.max(Instant::compareTo)
        .map(end -> Duration.between(now, end))
        .orElse(Duration.ZERO);
  }

  private Optional<Instant> nextCapacity(Instant now) {
    if (free(now) > 0) {
      return Optional.empty();
    }
    Optional<Instant> leaseEnds = permits.values().stream().min(Instant::compareTo);
    boolean slotsFull = permits.size() >= limits.maxConcurrent();
    Stream<Instant> needed =
        Stream.of(
                patience(now),
                slotsFull ? leaseEnds : Optional.<Instant>empty(),
                isWindowFull() ? windowMoves().or(() -> leaseEnds) : Optional.<Instant>empty())
            .flatMap(Optional::stream);
    return needed.max(Instant::compareTo);
  }

  private Optional<Instant> patience(Instant now) {
    return Optional.of(patienceUntil).filter(until -> until.isAfter(now));
  }

  private boolean isWindowFull() {
    return onTheWay.size() + arrivals.size() >= limits.maxPerMinute();
  }

  private Optional<Instant> windowMoves() {
    return Optional.ofNullable(arrivals.peek()).map(start -> start.plus(WINDOW));
  }

  private Collection<Claim> atTurn(Instant now) {
    return line.stream().limit(free(now)).toList();
  }

  private int free(Instant now) {
    if (patience(now).isPresent()) {
      return 0;
    }
    int concurrent = limits.maxConcurrent() - permits.size();
    int inWindow = limits.maxPerMinute() - onTheWay.size() - arrivals.size();
    return Math.max(0, Math.min(concurrent, inWindow));
  }

  private void tidy(Instant now) {
    List<Map.Entry<Long, Instant>> lost =
        permits.entrySet().stream().filter(permit -> !permit.getValue().isAfter(now)).toList();
    for (Map.Entry<Long, Instant> permit : lost) {
      permits.remove(permit.getKey());
      // Whoever lost its permit without a word may have used it until then.
      arrived(permit.getKey(), permit.getValue());
    }
    Instant gone = now.minus(WINDOW);
    while (!arrivals.isEmpty() && !arrivals.element().isAfter(gone)) {
      arrivals.remove();
    }
    circuits.tidy(now);
  }
}
