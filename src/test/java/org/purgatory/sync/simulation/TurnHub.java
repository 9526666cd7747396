package org.purgatory.sync.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainPage;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;

/**
 * Lets several replicas share the embedded throttle, which is made for one: turns are told to the
 * replica whose run waits, and the places of a dead replica are given up, as Redis does it.
 */
final class TurnHub {

  private final World world;
  private final DomainThrottle throttle;
  private final Map<Claim, Process> waiters = new LinkedHashMap<>();
  private final Map<Process, Consumer<Claim>> listeners = new LinkedHashMap<>();

  TurnHub(World world, DomainThrottle throttle) {
    this.world = world;
    this.throttle = throttle;
    throttle.onTurn(this::turn);
  }

  private void turn(Claim waiter) {
    Process replica = waiters.get(waiter);
    Consumer<Claim> listener = listeners.get(replica);
    if (listener != null) {
      world.trace.note(replica, () -> "turn of " + Words.of(waiter));
      world.schedule.after(replica, world.messageTakes(), () -> listener.accept(waiter));
    }
  }

  /** Nobody uses the places of the dead. */
  void died(Process replica) {
    listeners.remove(replica);
    List<Claim> places = new ArrayList<>();
    waiters.forEach(
        (waiter, owner) -> {
          if (owner == replica) {
            places.add(waiter);
          }
        });
    for (Claim waiter : places) {
      waiters.remove(waiter);
      throttle.leaveAllBut(waiter, Set.of());
    }
  }

  /** The throttle as one replica sees it. */
  DomainThrottle viewOf(Process replica) {
    return new View(replica);
  }

  private final class View implements DomainThrottle {
    private final Process replica;

    private View(Process replica) {
      this.replica = replica;
    }

    @Override
    public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
      CompletionStage<PermitDecision> decision = throttle.tryAcquire(origin, waiter);
      if (replica.isDead()) {
        throttle.leaveAllBut(waiter, Set.of());
      } else {
        waiters.put(waiter, replica);
      }
      return decision;
    }

    @Override
    public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
      return throttle.release(use, sign);
    }

    @Override
    public CompletionStage<Set<Permit>> renew(Collection<PermitUse> uses) {
      return throttle.renew(uses);
    }

    @Override
    public CompletionStage<Void> leaveAllBut(Claim waiter, Set<Domain> domains) {
      return throttle.leaveAllBut(waiter, domains);
    }

    @Override
    public CompletionStage<DomainPage> domains(Optional<Domain> after, int most) {
      return throttle.domains(after, most);
    }

    @Override
    public void onTurn(Consumer<Claim> listener) {
      listeners.put(replica, listener);
    }
  }
}
