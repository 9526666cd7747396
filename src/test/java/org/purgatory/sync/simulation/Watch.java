package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.purgatory.sync.nostr.Domain;

/** Looks from outside, now and then, whether work gets on as fast as it can. */
final class Watch {

  private static final long GRACE = 6_000_000;

  /** With fewer slots, whoever is due or has its turn may wait for another run. */
  private static final int ENOUGH_SLOTS = 9;

  private final World world;
  private final Map<Domain, Long> allInUse = new TreeMap<>();
  private long troubleUntil;

  Watch(World world) {
    this.world = world;
  }

  /** Nothing is expected in time before that. */
  void troubleUntil(long time) {
    troubleUntil = Math.max(troubleUntil, time);
  }

  long troubleUntil() {
    return troubleUntil;
  }

  void look() {
    Terms terms = world.terms();
    long now = world.schedule.now();
    long soon = GRACE + 6 * Schedule.micros(terms.slowestMessage());
    String stuck = world.lines.stuckFor(soon);
    String idle = idleFor(soon);
    long patience = soon + Schedule.micros(terms.tick());
    if (now < troubleUntil + patience) {
      return;
    }
    boolean slotsSuffice = terms.maxRuns() >= ENOUGH_SLOTS;
    if (stuck != null && slotsSuffice) {
      world.trace.violated(stuck);
    }
    // Whatever a permit was lost by, its lease ends that.
    if (idle != null && now > troubleUntil + patience + Schedule.micros(Terms.LEASE)) {
      world.trace.violated(idle);
    }
    if (slotsSuffice) {
      world
          .model
          .all()
          .filter(one -> one.isInQueue() && one.waitsSince() < now - patience)
          .findFirst()
          .ifPresent(
              late ->
                  world.trace.violated(
                      "%s is due for %s, and nobody claims it"
                          .formatted(
                              late.identifier,
                              Duration.ofNanos((now - late.waitsSince()) * 1000))));
    }
  }

  /** Tells of permits that are held without a fetch for so long. */
  private String idleFor(long micros) {
    long now = world.schedule.now();
    for (Domain domain : world.lines.domains()) {
      boolean idle = world.lines.permits(domain) > world.servers.fetchesFrom(domain);
      long since = allInUse.merge(domain, now, (before, at) -> idle ? before : at);
      if (now - since > micros) {
        return "permits of " + domain + " are held for nothing";
      }
    }
    return null;
  }
}
