package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.store.redis.ShiftedRedis;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.Timer;

/** The Redis adapters: one of each for every replica's life, on one real Redis in virtual time. */
final class StoresInRedis implements Stores {

  private static final Comparator<Claim> CLAIMS =
      Comparator.comparing(Claim::identifier).thenComparingLong(Claim::fencingToken);

  private final World world;
  private final ShiftedRedis redis;
  private final SyncStore store;
  private final ResultLog results;
  private final Map<Process, Places> throttles = new LinkedHashMap<>();

  StoresInRedis(World world, ShiftedRedis redis) {
    this.world = world;
    this.redis = redis;
    redis.begin(world.schedule.clock(Duration.ZERO));
    store = redis.store(world.terms().queue());
    results = redis.results(timerOf(Process.WORLD));
  }

  private Timer timerOf(Process process) {
    return (delay, task) -> world.schedule.after(process, Schedule.micros(delay), task);
  }

  @Override
  public SyncStore store() {
    return store;
  }

  @Override
  public ResultLog results() {
    return results;
  }

  @Override
  public DomainThrottle throttle(Process replica) {
    DomainThrottle inRedis =
        redis.throttle(replica.name, world.terms().throttle(), timerOf(replica));
    Places places =
        new Places(
            new CheckedThrottle(
                inRedis, world.lines, replica.name + "/", world, world::stoodStillForLong),
            replica);
    throttles.put(replica, places);
    return places;
  }

  /** What Redis does when the replica has not been heard of for a lease is done at once. */
  @Override
  public void died(Process replica) {
    throttles.remove(replica).leaveAll();
  }

  @Override
  public void check() {}

  @Override
  public void end() {
    redis.check(world.terms().queue());
  }

  /** A replica's throttle, whose turns reach it as messages do, and who waits there. */
  private final class Places extends ForwardingThrottle {
    private final Process replica;
    private final Set<Claim> waiters = new TreeSet<>(CLAIMS);

    private Places(DomainThrottle real, Process replica) {
      super(real);
      this.replica = replica;
    }

    @Override
    public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
      waiters.add(waiter);
      CompletionStage<PermitDecision> answer = real.tryAcquire(origin, waiter);
      if (replica.isDead()) {
        leaveAll();
      }
      return answer;
    }

    private void leaveAll() {
      waiters.forEach(waiter -> real.leaveAllBut(waiter, Set.of()));
    }

    @Override
    public void onTurn(Consumer<Claim> listener) {
      real.onTurn(
          waiter ->
              world.schedule.after(replica, world.messageTakes(), () -> listener.accept(waiter)));
    }
  }
}
