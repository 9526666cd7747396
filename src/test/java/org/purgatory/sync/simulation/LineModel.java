package org.purgatory.sync.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Claim;
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
    private long couldGoSince;

    private Line(long now) {
      couldGoSince = now;
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
    return line;
  }

  private static void end(Line line, String permit, long arrived) {
    line.permits.remove(permit);
    if (line.onTheWay.remove(permit)) {
      line.arrivals.add(arrived);
    }
  }

  private int free(Line line) {
    int atOnce = settings.limits().maxConcurrent() - line.permits.size();
    int inMinute = settings.limits().maxPerMinute() - line.onTheWay.size() - line.arrivals.size();
    return Math.max(0, Math.min(atOnce, inMinute));
  }

  /** Whether somebody who asks now must get a permit. */
  boolean isTurnOf(Domain domain, Claim waiter) {
    Line line = of(domain);
    int place = line.waiters.indexOf(waiter);
    return (place < 0 ? line.waiters.size() : place) < free(line);
  }

  void granted(Domain domain, Claim waiter, String permit) {
    Line line = of(domain);
    line.waiters.remove(waiter);
    line.permits.put(permit, schedule.now() + lease);
    line.onTheWay.add(permit);
    line.couldGoSince = schedule.now();
  }

  void waits(Domain domain, Claim waiter) {
    Line line = of(domain);
    if (!line.waiters.contains(waiter)) {
      line.waiters.add(waiter);
    }
  }

  void released(Domain domain, String permit, long arrived) {
    end(of(domain), permit, arrived);
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
