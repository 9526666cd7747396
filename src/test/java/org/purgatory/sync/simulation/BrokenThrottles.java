package org.purgatory.sync.simulation;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;

/** Throttles that give too much, give nothing back, or wake nobody. */
final class BrokenThrottles {

  private static final PermitDecision WAIT = new PermitDecision.Wait(Duration.ZERO);

  private BrokenThrottles() {}

  /** Looks for capacity, and takes it a moment later: who asks in between gets the same. */
  static final class LooksThenTakes extends ForwardingThrottle {
    private static final long MOMENT = 20_000;
    private final Schedule schedule;
    private final Map<Domain, Long> granted = new HashMap<>();
    private long forged;

    LooksThenTakes(DomainThrottle real, World world) {
      super(real);
      this.schedule = world.schedule;
    }

    @Override
    public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
      Long before = granted.get(origin.domain());
      return real.tryAcquire(origin, waiter)
          .thenApply(
              decision -> {
                if (decision instanceof PermitDecision.Granted) {
                  granted.put(origin.domain(), schedule.now());
                } else if (before != null && schedule.now() - before < MOMENT) {
                  return new PermitDecision.Granted(new Permit(origin, --forged));
                }
                return decision;
              });
    }
  }

  /** Counts a fetch's minute from when its permit was given, not from when it arrived. */
  static final class CountsFromThePermit extends ForwardingThrottle {
    private final Schedule schedule;
    private final Map<Permit, Long> given;

    CountsFromThePermit(DomainThrottle real, World world, Map<Permit, Long> given) {
      super(real);
      this.schedule = world.schedule;
      this.given = given;
    }

    @Override
    public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
      return real.tryAcquire(origin, waiter)
          .thenApply(
              decision -> {
                if (decision instanceof PermitDecision.Granted granted) {
                  given.put(granted.permit(), schedule.now());
                }
                return decision;
              });
    }

    @Override
    public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
      return real.release(fromPermit(use), sign);
    }

    @Override
    public CompletionStage<Set<Permit>> renew(Collection<PermitUse> uses) {
      return real.renew(uses.stream().map(this::fromPermit).toList());
    }

    private PermitUse fromPermit(PermitUse use) {
      long ago = schedule.now() - given.get(use.permit());
      return new PermitUse(use.permit(), Optional.of(Duration.of(ago, ChronoUnit.MICROS)));
    }
  }

  /** Gives back only what reached its server. */
  static final class KeepsAfterFailure extends ForwardingThrottle {
    KeepsAfterFailure(DomainThrottle real) {
      super(real);
    }

    @Override
    public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
      return use.arrivedAgo().isPresent() ? real.release(use, sign) : completedFuture(null);
    }
  }

  /** Tells whose turn it is before the slot is free, and not again when it is. */
  static final class WakesTooEarly extends ForwardingThrottle {
    private static final long MOMENT = 20_000;
    private final Schedule schedule;
    private final Map<Domain, Long> freed;

    WakesTooEarly(DomainThrottle real, World world, Map<Domain, Long> freed) {
      super(real);
      this.schedule = world.schedule;
      this.freed = freed;
    }

    @Override
    public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
      freed.put(use.permit().domain(), schedule.now());
      return real.release(use, sign);
    }

    @Override
    public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
      Long at = freed.get(origin.domain());
      boolean tooEarly = at != null && schedule.now() - at < MOMENT;
      return tooEarly ? completedFuture(WAIT) : real.tryAcquire(origin, waiter);
    }
  }

  /** Leaves the places of runs that ended in their lines. */
  static final class KeepsPlaces extends ForwardingThrottle {
    KeepsPlaces(DomainThrottle real) {
      super(real);
    }

    @Override
    public CompletionStage<Void> leaveAllBut(Claim waiter, Set<Domain> domains) {
      return domains.isEmpty() ? completedFuture(null) : real.leaveAllBut(waiter, domains);
    }
  }

  /** A turn that comes while the waiter does not know yet that it has to wait is lost. */
  static final class LosesEarlyTurns extends ForwardingThrottle {
    private final World world;
    private final Map<Claim, Long> asked = new HashMap<>();

    LosesEarlyTurns(DomainThrottle real, World world) {
      super(real);
      this.world = world;
    }

    @Override
    public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
      asked.put(waiter, world.schedule.now());
      return real.tryAcquire(origin, waiter);
    }

    @Override
    public void onTurn(Consumer<Claim> listener) {
      long parking = 2 * Schedule.micros(world.terms().slowestMessage());
      real.onTurn(
          waiter -> {
            long since = world.schedule.now() - asked.getOrDefault(waiter, Long.MIN_VALUE / 2);
            if (since > parking) {
              listener.accept(waiter);
            }
          });
    }
  }

  /** Comes again at once, whatever the server asked for. */
  static final class IgnoresRetryAfter extends ForwardingThrottle {
    IgnoresRetryAfter(DomainThrottle real) {
      super(real);
    }

    @Override
    public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
      boolean asked = sign instanceof ExchangeSign.AskedForPatience;
      return real.release(use, asked ? new ExchangeSign.Answered() : sign);
    }
  }

  /** Punishes a whole host for one of its servers. */
  static final class BlocksTheHost extends ForwardingThrottle {
    private final Map<Domain, Origin> unreachable = new HashMap<>();

    BlocksTheHost(DomainThrottle real) {
      super(real);
    }

    @Override
    public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
      return real.tryAcquire(unreachable.getOrDefault(origin.domain(), origin), waiter);
    }

    @Override
    public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
      if (sign instanceof ExchangeSign.Unreachable) {
        unreachable.put(use.permit().domain(), use.permit().origin());
      }
      return real.release(use, sign);
    }
  }
}
