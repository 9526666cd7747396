package org.purgatory.sync.store.memory;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;

/**
 * The throttle in memory. Every operation is one critical section of one lock. A waiter is told of
 * its turn when a permit comes back, when a place in the window opens, and when one ahead of it
 * leaves; nobody asks in between.
 */
public final class MemoryDomainThrottle implements DomainThrottle {

  private final ThrottleSettings settings;
  private final Clock clock;
  private final Timer timer;
  private final Map<Domain, DomainLine> lines = new HashMap<>();
  private final Map<Claim, Set<Domain>> standing = new HashMap<>();
  private final Map<Domain, Instant> alarms = new HashMap<>();
  private volatile Consumer<Claim> listener = waiter -> {};
  private long lastPermit;

  /**
   * Creates a throttle without permits or waiters.
   *
   * @param settings how polite to be
   * @param clock the one clock
   * @param timer what wakes waiters when the window moves on
   */
  public MemoryDomainThrottle(ThrottleSettings settings, Clock clock, Timer timer) {
    this.settings = settings;
    this.clock = clock;
    this.timer = timer;
  }

  @Override
  public void onTurn(Consumer<Claim> listener) {
    this.listener = listener;
  }

  @Override
  public synchronized CompletionStage<PermitDecision> tryAcquire(Domain domain, Claim waiter) {
    Instant now = clock.instant();
    DomainLine line = lines.computeIfAbsent(domain, d -> new DomainLine(settings.of(d)));
    Permit permit = new Permit(domain, ++lastPermit);
    boolean granted = line.tryTake(waiter, permit.id(), now, settings.lease());
    setAlarm(domain, line, now);
    if (granted) {
      noLongerIn(domain, waiter);
      return completedFuture(new PermitDecision.Granted(permit));
    }
    standing.computeIfAbsent(waiter, w -> new LinkedHashSet<>()).add(domain);
    return completedFuture(new PermitDecision.Wait(line.windowWait(now)));
  }

  @Override
  public CompletionStage<Void> release(PermitUse use) {
    return telling(
        use.permit().domain(),
        (line, now) ->
            line.release(use.permit().id(), use.arrivedAgo().map(now::minus).orElse(now)));
  }

  @Override
  public synchronized CompletionStage<Set<Permit>> renew(Collection<PermitUse> uses) {
    Instant now = clock.instant();
    Set<Permit> lost = new LinkedHashSet<>();
    for (PermitUse use : uses) {
      DomainLine line = lines.get(use.permit().domain());
      if (line == null || !line.renew(use.permit().id(), now, now.plus(settings.lease()))) {
        lost.add(use.permit());
      } else {
        use.arrivedAgo().ifPresent(ago -> line.arrived(use.permit().id(), now.minus(ago)));
        setAlarm(use.permit().domain(), line, now);
      }
    }
    return completedFuture(lost);
  }

  @Override
  public CompletionStage<Void> leaveAllBut(Claim waiter, Set<Domain> kept) {
    List<Domain> left;
    synchronized (this) {
      left =
          standing.getOrDefault(waiter, Set.of()).stream().filter(d -> !kept.contains(d)).toList();
    }
    for (Domain domain : left) {
      telling(
          domain,
          (line, now) -> {
            line.leave(waiter);
            noLongerIn(domain, waiter);
          });
    }
    return completedFuture(null);
  }

  /** Changes a domain's line, and tells those whose turn has come of it, outside the lock. */
  private CompletionStage<Void> telling(Domain domain, BiConsumer<DomainLine, Instant> change) {
    List<Claim> turns = List.of();
    synchronized (this) {
      Instant now = clock.instant();
      DomainLine line = lines.get(domain);
      if (line != null) {
        change.accept(line, now);
        turns = line.turns(now);
        setAlarm(domain, line, now);
        if (line.isIdle(now)) {
          lines.remove(domain);
        }
      }
    }
    turns.forEach(listener);
    return completedFuture(null);
  }

  private void noLongerIn(Domain domain, Claim waiter) {
    standing.computeIfPresent(
        waiter,
        (w, domains) -> {
          domains.remove(domain);
          return domains.isEmpty() ? null : domains;
        });
  }

  /** Sees to it that waiters hear when time alone frees something, and that idle lines go away. */
  private void setAlarm(Domain domain, DomainLine line, Instant now) {
    Instant due = line.nextChange().orElse(null);
    Instant set = alarms.get(domain);
    if (due == null || (set != null && !set.isAfter(due))) {
      return;
    }
    alarms.put(domain, due);
    timer.schedule(
        Duration.between(now, due),
        () -> {
          synchronized (this) {
            alarms.remove(domain, due);
          }
          telling(domain, (unchanged, when) -> {});
        });
  }
}
