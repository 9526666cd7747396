package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.OpenCircuit;
import org.purgatory.sync.sync.PermitDecision.Blocked;

/**
 * The circuit breakers of one domain's servers. A server that cannot be reached is not tried for a
 * minute; then one permit tries for all, and each further failure doubles the time, up to 12 hours.
 * Any answer closes the circuit. Not thread-safe.
 *
 * <p>Invariants: a circuit that is open grants no permit; one that is half-open has at most one
 * that is held. At most {@value #MOST} are remembered, and none for longer than it was open last
 * after it could be tried again, or 10 minutes if that is longer.
 */
final class Circuits {

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int MOST = 100;

  /** As many failures in a row as make the time the longest. */
  private static final int MOST_FAILURES = 11;

  private static final long NOBODY = 0;

  private static final Comparator<Map.Entry<Origin, Circuit>> SOONEST =
      Comparator.comparing((Map.Entry<Origin, Circuit> entry) -> entry.getValue().until())
          .thenComparing(Map.Entry::getKey);

  private final Map<Origin, Circuit> circuits = new HashMap<>();

  /** How often in a row it failed, until when it is open, by what, and which permit tries. */
  private record Circuit(int failures, Instant until, CircuitCause cause, long probe) {

    static Circuit opened(int failures, Instant now, CircuitCause cause) {
      return new Circuit(failures, now.plus(openFor(failures)), cause, NOBODY);
    }

    static Duration openFor(int failures) {
      Duration doubled = FIRST.multipliedBy(1L << (failures - 1));
      return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    Instant forgottenAt() {
      Duration again = openFor(failures);
      return until.plus(again.compareTo(REMEMBERED) > 0 ? again : REMEMBERED);
    }
  }

  /**
   * Why a server is not tried now.
   *
   * @param permits those that are held
   * @return empty if it may be tried
   */
  Optional<Blocked> blocked(Origin origin, Instant now, Set<Long> permits) {
    Circuit circuit = circuits.get(origin);
    if (circuit == null) {
      return Optional.empty();
    }
    if (circuit.until().isAfter(now)) {
      return Optional.of(new Blocked(Duration.between(now, circuit.until()), circuit.cause()));
    }
    return permits.contains(circuit.probe())
        ? Optional.of(new Blocked(Duration.ZERO, circuit.cause()))
        : Optional.empty();
  }

  /** A permit was granted: if the circuit is half-open, its fetch is the one that tries. */
  void granted(Origin origin, long permit) {
    circuits.computeIfPresent(
        origin, (o, c) -> new Circuit(c.failures(), c.until(), c.cause(), permit));
  }

  /** A permit's fetch found no way. Those that began before the circuit opened tell nothing new. */
  void failed(Origin origin, long permit, CircuitCause cause, Instant now) {
    Circuit before = circuits.get(origin);
    if (before == null) {
      if (circuits.size() == MOST) {
        circuits.remove(circuits.entrySet().stream().min(SOONEST).orElseThrow().getKey());
      }
      circuits.put(origin, Circuit.opened(1, now, cause));
    } else if (before.probe() == permit) {
      int failures = Math.min(before.failures() + 1, MOST_FAILURES);
      circuits.put(origin, Circuit.opened(failures, now, cause));
    }
  }

  /** A server answered. */
  void answered(Origin origin) {
    circuits.remove(origin);
  }

  /** Forgets what nobody has tried for long. */
  void tidy(Instant now) {
    circuits.values().removeIf(circuit -> !circuit.forgottenAt().isAfter(now));
  }

  void clear() {
    circuits.clear();
  }

  boolean isEmpty() {
    return circuits.isEmpty();
  }

  /** When the next one is forgotten. */
  Optional<Instant> nextForgotten() {
    return circuits.values().stream().map(Circuit::forgottenAt).min(Instant::compareTo);
  }

  /** Those that are open, by origin. */
  List<OpenCircuit> open(Instant now) {
    return circuits.entrySet().stream()
        .filter(entry -> entry.getValue().until().isAfter(now))
        .sorted(Map.Entry.comparingByKey())
        .map(e -> new OpenCircuit(e.getKey(), e.getValue().cause(), e.getValue().until()))
        .toList();
  }
}
