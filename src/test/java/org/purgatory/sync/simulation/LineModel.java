package org.purgatory.sync.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.ThrottleSettings;

/**
 * DESIGN's domain throttle once more, as plainly as can be: permits that lapse, starts that count
 * for a minute, and one line, first come, first served.
 */
final class LineModel {

  private static final long MINUTE = 60_000_000;

  /** One domain. */
  private static final class Line {
    private final Map<String, Long> permits = new LinkedHashMap<>();
    private final Set<String> onTheWay = new LinkedHashSet<>();
    private final List<Long> arrivals = new ArrayList<>();
    private final List<Claim> waiters = new ArrayList<>();
    private final Map<Origin, Circuit> circuits = new TreeMap<>();
    private long patienceUntil;
    private long couldGoSince;

    private Line(long now) {
      couldGoSince = now;
    }
  }

  /** A server that could not be reached: how often in a row, until when, and who tries it now. */
  private record Circuit(int failures, long until, String probe) {

    static long openFor(int failures) {
      return Math.min(MINUTE << Math.min(failures - 1, 20), 720 * MINUTE);
    }

    long forgottenAt() {
      return until + Math.max(openFor(failures), 10 * MINUTE);
    }
  }

  /** What a throttle may answer. */
  enum Answer {
    GO,
    WAIT,
    NOT_NOW;

    static Answer of(PermitDecision decision) {
      if (decision instanceof PermitDecision.Blocked) {
        return NOT_NOW;
      }
      return decision instanceof PermitDecision.Granted ? GO : WAIT;
    }
  }

  private final Schedule schedule;
  private final ThrottleSettings settings;
  private final long lease;
  private final Map<Domain, Line> lines = new TreeMap<>();

  LineModel(Schedule schedule, Terms terms) {
    this.schedule = schedule;
    this.settings = terms.throttle();
    this.lease = Schedule.micros(settings.lease());
  }

  private Line of(Domain domain) {
    long now = schedule.now();
    Line line = lines.computeIfAbsent(domain, d -> new Line(now));
    List<String> lapsed = new ArrayList<>();
    line.permits.forEach(
        (permit, until) -> {
          if (until <= now) {
            lapsed.add(permit);
          }
        });
    for (String permit : lapsed) {
      end(line, permit, line.permits.get(permit));
    }
    line.arrivals.removeIf(at -> at <= now - MINUTE);
    line.circuits.values().removeIf(circuit -> circuit.forgottenAt() <= now);
    return line;
  }

  private static void end(Line line, String permit, long arrived) {
    line.permits.remove(permit);
    if (line.onTheWay.remove(permit)) {
      line.arrivals.add(arrived);
    }
  }

  private int free(Line line) {
    if (line.patienceUntil > schedule.now()) {
      return 0;
    }
    int atOnce = settings.limits().maxConcurrent() - line.permits.size();
    int inMinute = settings.limits().maxPerMinute() - line.onTheWay.size() - line.arrivals.size();
    return Math.max(0, Math.min(atOnce, inMinute));
  }

  /** What somebody must hear who asks now. */
  Answer answerTo(Origin origin, Claim waiter) {
    Line line = of(origin.domain());
    Circuit circuit = line.circuits.get(origin);
    if (circuit != null
        && (circuit.until() > schedule.now() || line.permits.containsKey(circuit.probe()))) {
      return Answer.NOT_NOW;
    }
    int place = line.waiters.indexOf(waiter);
    return (place < 0 ? line.waiters.size() : place) < free(line) ? Answer.GO : Answer.WAIT;
  }

  void granted(Origin origin, Claim waiter, String permit) {
    Line line = of(origin.domain());
    line.waiters.remove(waiter);
    line.permits.put(permit, schedule.now() + lease);
    line.onTheWay.add(permit);
    line.couldGoSince = schedule.now();
    line.circuits.computeIfPresent(
        origin, (o, circuit) -> new Circuit(circuit.failures(), circuit.until(), permit));
  }

  void waits(Domain domain, Claim waiter) {
    Line line = of(domain);
    if (!line.waiters.contains(waiter)) {
      line.waiters.add(waiter);
    }
  }

  /** A permit ends; of one that had ended before nothing is learnt. */
  void released(Origin origin, String permit, long arrived, ExchangeSign sign) {
    Line line = of(origin.domain());
    if (!line.permits.containsKey(permit)) {
      return;
    }
    end(line, permit, arrived);
    if (sign instanceof ExchangeSign.Unreachable) {
      Circuit before = line.circuits.get(origin);
      if (before == null || permit.equals(before.probe())) {
        int failures = before == null ? 1 : before.failures() + 1;
        line.circuits.put(
            origin, new Circuit(failures, schedule.now() + Circuit.openFor(failures), null));
      }
    } else if (!(sign instanceof ExchangeSign.NoSign)) {
      line.circuits.remove(origin);
    }
    if (sign instanceof ExchangeSign.AskedForPatience patience) {
      line.patienceUntil =
          Math.max(line.patienceUntil, schedule.now() + Schedule.micros(patience.duration()));
    }
  }

  /** Until when some server is not tried, or some domain left alone. */
  long blockedUntil() {
    return lines.values().stream()
        .flatMapToLong(
            line ->
                LongStream.concat(
                    LongStream.of(line.patienceUntil),
                    line.circuits.values().stream().mapToLong(Circuit::until)))
        .max()
        .orElse(0);
  }

  /** Renews a permit, if it has not lapsed. */
  boolean renewed(Domain domain, String permit, Long arrived) {
    Line line = of(domain);
    if (!line.permits.containsKey(permit)) {
      return false;
    }
    line.permits.put(permit, schedule.now() + lease);
    if (arrived != null && line.onTheWay.remove(permit)) {
      line.arrivals.add(arrived);
    }
    return true;
  }

  void leftAllBut(Claim waiter, Collection<Domain> kept) {
    lines.forEach(
        (domain, line) -> {
          if (!kept.contains(domain)) {
            line.waiters.remove(waiter);
          }
        });
  }

  /** How many permits of a domain are out. */
  int permits(Domain domain) {
    return of(domain).permits.size();
  }

  Set<Domain> domains() {
    return lines.keySet();
  }

  /** Tells of a line that could move, and has not for so long. */
  String stuckFor(long micros) {
    for (Domain domain : lines.keySet()) {
      Line line = of(domain);
      if (line.waiters.isEmpty() || free(line) == 0) {
        line.couldGoSince = schedule.now();
      } else if (schedule.now() - line.couldGoSince > micros) {
        return domain + " is free, and " + Words.of(line.waiters.get(0)) + " still waits";
      }
    }
    return null;
  }
}
