package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.SyncStore;

/** Everything that takes part in one simulation, and what befalls it. */
final class World {

  private static final long BETWEEN_LOOKS = 1_000_000;

  final Schedule schedule;
  final Trace trace;
  final Faults faults;
  final Variant variant;
  final QueueModel model;
  final LineModel lines;
  final Truth truth = new Truth(this);
  final Volume volume;
  final RemoteServers servers;
  final Stores stores;
  final SyncStore store;
  final CheckedResults results;
  final List<Replica> replicas = new ArrayList<>();
  private final Scenario scenario;
  private final Relay relay = new Relay(this);
  private final Watch watch;
  private final Map<RepositoryIdentifier, Process> holders = new HashMap<>();
  private final Map<RepositoryIdentifier, Queue<GitEvent>> spares = new TreeMap<>();
  private long storeAwayUntil;

  World(Scenario scenario, Variant variant, Function<World, Stores> stores, boolean tracing) {
    this.scenario = scenario;
    this.variant = variant;
    this.schedule = new Schedule(new SplittableRandom(~scenario.seed()));
    this.trace = new Trace(schedule, tracing);
    this.faults = new Faults(scenario.faults());
    this.model = new QueueModel(schedule, scenario.terms());
    this.lines = new LineModel(schedule, scenario.terms());
    this.volume = new Volume(this, scenario);
    this.servers = new RemoteServers(this, scenario);
    this.watch = new Watch(this);
    this.stores = stores.apply(this);
    this.store = new CheckedStore(this.stores.store(), model, this, this.stores::check);
    this.results = new CheckedResults(this, this.stores.results());
    scenario
        .spares()
        .forEach(e -> spares.computeIfAbsent(e.identifier(), i -> new ArrayDeque<>()).add(e));
    for (int i = 0; i < terms().replicas(); i++) {
      replicas.add(new Replica(this, i));
      replicas.get(i).start();
    }
    new Watcher(this, this.stores.results(), "watcher-1");
    new Watcher(this, this.stores.results(), "watcher-2");
    for (Action action : scenario.actions()) {
      schedule.after(Process.WORLD, Schedule.micros(action.at()), () -> happen(action));
    }
    look();
  }

  Terms terms() {
    return scenario.terms();
  }

  Watch watch() {
    return watch;
  }

  private void look() {
    watch.look();
    schedule.after(Process.WORLD, BETWEEN_LOOKS, this::look);
  }

  /** How long a message takes now. */
  long messageTakes() {
    return schedule.upTo(Schedule.micros(terms().slowestMessage()));
  }

  boolean storeIsAway() {
    return schedule.now() < storeAwayUntil;
  }

  private void happen(Action action) {
    if (action instanceof Action.HandIn handIn) {
      relay.handIn(handIn);
      return;
    } else if (action instanceof Action.Trigger trigger) {
      relay.trigger(trigger);
      return;
    } else if (action instanceof Action.Cancel cancel) {
      relay.cancel(cancel);
      return;
    } else if (action instanceof Action.Push push) {
      relay.push(push);
      return;
    }
    trace.note("world", action::toString);
    if (action instanceof Action.Gain gain) {
      servers.gain(gain.url(), gain.objects());
    } else if (action instanceof Action.MoodSwing swing) {
      servers.swing(swing.url(), swing.mood());
    } else if (action instanceof Action.Crash crash) {
      crash(replicas.get(crash.replica()).process(), crash.downFor());
    } else if (action instanceof Action.Pause pause) {
      pause(replicas.get(pause.replica()).process(), pause.length());
    } else if (action instanceof Action.Outage outage) {
      storeAwayUntil = schedule.now() + Schedule.micros(outage.length());
      watch.troubleUntil(storeAwayUntil);
    }
  }

  /** A fault strikes: notes it. */
  void befalls(Process replica, Fault fault) {
    trace.note(replica, fault::toString);
    if (fault.effect().isTrouble()) {
      watch.troubleUntil(schedule.now() + Schedule.micros(fault.length()));
    }
  }

  /** A fault strikes where the store has no part in it. */
  void befallsOutside(Process replica, Fault fault) {
    befalls(replica, fault);
    if (fault.effect() == Fault.Effect.PAUSE) {
      pause(replica, fault.length());
    } else {
      crash(replica, fault.length());
    }
  }

  void crash(Process process, Duration downFor) {
    if (process.isDead()) {
      return;
    }
    trace.note(process, () -> "dies");
    process.die();
    volume.died(process);
    servers.died(process);
    stores.died(process);
    long back = Schedule.micros(downFor);
    watch.troubleUntil(schedule.now() + back);
    Replica replica =
        replicas.stream().filter(one -> one.process() == process).findFirst().orElseThrow();
    schedule.after(Process.WORLD, back, replica::start);
  }

  void pause(Process process, Duration length) {
    long until = schedule.now() + Schedule.micros(length);
    trace.note(process, () -> "stands still for " + length);
    process.standStillUntil(until);
    servers.standsStill(process);
    watch.troubleUntil(until);
  }

  /** Another replica hands in or withdraws an event of an identifier at this very moment. */
  void news(RepositoryIdentifier wanted) {
    RepositoryIdentifier identifier =
        wanted != null
            ? wanted
            : scenario
                .projects()
                .get(schedule.random().nextInt(scenario.projects().size()))
                .identifier();
    List<EventId> waiting = List.copyOf(model.of(identifier).pending.keySet());
    if (!waiting.isEmpty() && schedule.random().nextInt(3) == 0) {
      EventId withdrawn = waiting.get(schedule.random().nextInt(waiting.size()));
      trace.note("world", () -> "withdraws " + Words.of(withdrawn));
      store.cancel(List.of(withdrawn));
      return;
    }
    Queue<GitEvent> events = spares.get(identifier);
    Duration delay = Duration.ofMillis(500);
    if (events == null || events.isEmpty()) {
      trace.note("world", () -> "triggers " + identifier);
      store.trigger(identifier, delay);
    } else {
      GitEvent event = events.remove();
      trace.note("world", () -> "hands in " + Action.name(event));
      store.enqueue(new Enqueue(List.of(event), List.of(), delay, false));
    }
  }

  /** A replica's claims were made. */
  void claimed(Process replica, Claims claims) {
    claims.claimed().forEach(one -> holders.put(one.claim().identifier(), replica));
  }

  /** Who claimed an identifier last. */
  Process holderOf(RepositoryIdentifier identifier) {
    return holders.get(identifier);
  }
}
