package org.purgatory.sync.simulation;

import java.time.Duration;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.SyncEngine;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.testkit.SilentMetrics;

/** A replica: one engine after the other, as it dies and is started again. */
final class Replica {

  private static final Duration SWEEP = Duration.ofSeconds(5);

  private final World world;
  private final int number;
  private int starts;
  private Process process;
  private SyncEngine engine;

  Replica(World world, int number) {
    this.world = world;
    this.number = number;
  }

  Process process() {
    return process;
  }

  SyncEngine engine() {
    return engine;
  }

  boolean isUp() {
    return process != null && !process.isDead();
  }

  void start() {
    process = new Process("replica-" + (char) ('A' + number) + ++starts);
    Process mine = process;
    Terms terms = world.terms();
    Link link = new Link(world, mine);
    Timer timer = (delay, task) -> world.schedule.after(mine, Schedule.micros(delay), task);
    engine =
        new SyncEngine(
            link.to(SyncStore.class, world.variant.seenStore(world.store, world)),
            link.to(
                DomainThrottle.class,
                world.variant.seenThrottle(world.stores.throttle(mine), world)),
            world.servers.viewOf(mine),
            world.variant.repositories(world.volume.viewOf(mine), world),
            new SilentMetrics(),
            terms.engine(),
            world.schedule.clock(terms.clocksWrongBy().get(number)),
            timer,
            work -> world.schedule.after(mine, 0, work));
    Duration sweep = terms.tick().compareTo(SWEEP) > 0 ? terms.tick() : SWEEP;
    every(terms.tick(), engine::tick);
    every(sweep, engine::sweep);
    every(Terms.LEASE.dividedBy(3), engine::keepLeases);
  }

  private void every(Duration interval, Runnable job) {
    Process mine = process;
    long micros = Schedule.micros(interval);
    world.schedule.after(
        mine,
        world.schedule.upTo(micros),
        new Runnable() {
          @Override
          public void run() {
            job.run();
            world.schedule.after(mine, micros, this);
          }
        });
  }
}
