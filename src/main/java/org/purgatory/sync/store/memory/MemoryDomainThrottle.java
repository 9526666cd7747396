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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainPage;
import org.purgatory.sync.sync.DomainStatus;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;

/**
 * The throttle in memory. Every operation is one critical section of one lock. A waiter is told of
 * its turn when a permit comes back, when a place in the window opens, when a server's word is
 * over, and when one ahead of it leaves; nobody asks in between.
 */
public final class MemoryDomainThrottle implements DomainThrottle {

  private static final int MOST_UNREACHABLE = 10_000;

  private final ThrottleSettings settings;
  private final Clock clock;
  private final Timer timer;
  private final NavigableMap<Domain, DomainLine> lines = new TreeMap<>();

  /** Domains that have had a server which could not be reached; the latest comes last. */
  private final Set<Domain> unreachable = new LinkedHashSet<>();

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
  public synchronized CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
    Instant now = clock.instant();
    Domain domain = origin.domain();
    DomainLine line = lines.computeIfAbsent(domain, d -> new DomainLine(settings.of(d)));
    PermitDecision decision =
        line.tryTake(waiter, new Permit(origin, ++lastPermit), now, settings.lease());
    setAlarm(domain, line, now);
    if (decision instanceof PermitDecision.Granted) {
      noLongerIn(domain, waiter);
    } else if (decision instanceof PermitDecision.Wait) {
      standing.computeIfAbsent(waiter, w -> new LinkedHashSet<>()).add(domain);
    }
    return completedFuture(decision);
  }

  @Override
  public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
    Permit permit = use.permit();
    return telling(
        permit.domain(),
        (line, now) -> {
          Instant arrived = use.arrivedAgo().map(now::minus).orElse(now);
          line.release(permit, arrived, sign, now);
          if (sign instanceof ExchangeSign.Unreachable) {
            mostUnreachable(permit.domain());
          }
        });
  }

  /** Strangers may name hosts without end that do not exist. */
  private void mostUnreachable(Domain domain) {
    unreachable.remove(domain);
    unreachable.add(domain);
    if (unreachable.size() > MOST_UNREACHABLE) {
      Domain oldest = unreachable.iterator().next();
      unreachable.remove(oldest);
      lines.get(oldest).forgetCircuits();
    }
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

  @Override
  public synchronized CompletionStage<DomainPage> domains(Optional<Domain> after, int most) {
    Instant now = clock.instant();
    NavigableMap<Domain, DomainLine> rest =
        after.map(domain -> lines.tailMap(domain, false)).orElse(lines);
    List<DomainStatus> more =
        rest.entrySet().stream()
            .map(entry -> entry.getValue().status(entry.getKey(), now))
            .filter(status -> !status.isQuiet())
            .limit(most + 1L)
            .toList();
    return completedFuture(
        more.size() > most
            ? new DomainPage(more.subList(0, most), Optional.of(more.get(most - 1).domain()))
            : new DomainPage(more, Optional.empty()));
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
          unreachable.remove(domain);
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
    Instant due = line.nextChange(now).orElse(null);
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
