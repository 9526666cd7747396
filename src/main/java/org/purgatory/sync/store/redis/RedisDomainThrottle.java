package org.purgatory.sync.store.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainPage;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.Timer;

/**
 * The throttle in Redis, shared by all replicas of all groups. Whoever opens a slot tells the next
 * in line, through its replica's channel if it is another one's. What time alone opens, each
 * replica with waiters looks up when it is due, with one alarm per domain; the same look keeps its
 * places, and repairs what a lost message or a Redis that lost its data left behind.
 */
final class RedisDomainThrottle implements DomainThrottle {

  private static final Logger LOG = System.getLogger(RedisDomainThrottle.class.getName());
  private static final String CHANNEL = "purgatory:throttle:turns:";

  /** A domain's keys last for two windows and a lease after an operation. */
  private static final Duration WINDOWS = Duration.ofMinutes(2);

  private final DomainScripts scripts;
  private final DomainIndex index;
  private final DomainReports reports;
  private final String replica;
  private final Waiters waiters;
  private final LineAlarms alarms;
  private final Map<Domain, String> aliveSince = new ConcurrentHashMap<>();
  private final AtomicLong lastPermit = new AtomicLong();
  private final Script acquire;
  private final Script release;
  private final Script renew;
  private final Script leave;
  private final Script look;
  private volatile Consumer<Claim> listener = waiter -> {};

  /**
   * Makes the throttle, and listens for turns.
   *
   * @param commands Redis
   * @param messages its pub/sub
   * @param scripts loads the scripts
   * @param replica a name that no other process has, nor had
   * @param settings how polite to be
   * @param timer what wakes waiters when the window moves on
   */
  RedisDomainThrottle(
      RedisCommands commands,
      RedisMessages messages,
      Scripts scripts,
      String replica,
      ThrottleSettings settings,
      Timer timer) {
    this.scripts = new DomainScripts(commands, scripts, replica, settings);
    this.index = new DomainIndex(commands, scripts, settings.lease().plus(WINDOWS), timer);
    this.reports = new DomainReports(this.scripts, index, settings);
    this.replica = replica;
    this.waiters = new Waiters(replica);
    this.alarms = new LineAlarms(timer, settings.lease().dividedBy(3), this::look);
    this.acquire = this.scripts.load("acquire");
    this.release = this.scripts.load("release");
    this.renew = this.scripts.load("renew_permits");
    this.leave = this.scripts.load("leave");
    this.look = this.scripts.load("look");
    messages.listen(CHANNEL + replica, this::told, () -> waiters.domains().forEach(this::look));
  }

  @Override
  public void onTurn(Consumer<Claim> listener) {
    this.listener = listener;
  }

  @Override
  public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
    Domain domain = origin.domain();
    Permit permit = new Permit(origin, lastPermit.incrementAndGet());
    index.note(domain);
    return scripts
        .run(acquire, domain, List.of(waiters.write(waiter), holder(permit), origin.value()))
        .thenApply(
            answer -> {
              switch (answer.get(0).toInteger()) {
                case 1:
                  noLongerIn(domain, waiter);
                  return new PermitDecision.Granted(permit);
                case 2:
                  return new PermitDecision.Blocked(
                      Micros.duration(answer.get(1).toLong()),
                      CircuitCause.ofLabel(answer.get(2).toString()));
                default:
                  waiters.add(domain, waiter);
                  setAlarm(domain, answer.get(2));
                  noticeLoss(domain, answer.get(3).toString());
                  return new PermitDecision.Wait(Micros.duration(answer.get(1).toLong()));
              }
            });
  }

  @Override
  public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
    Permit permit = use.permit();
    Domain domain = permit.domain();
    return scripts
        .run(
            release,
            domain,
            List.of(
                holder(permit),
                ago(use),
                permit.origin().value(),
                SignText.shown(sign),
                SignText.wait(sign)))
        .thenAccept(
            answer -> {
              index.note(domain, Micros.duration(answer.get(0).toLong()));
              setAlarm(domain, answer.get(1));
              tell(answer, 2);
            });
  }

  @Override
  public CompletionStage<Set<Permit>> renew(Collection<PermitUse> uses) {
    Map<Domain, List<PermitUse>> byDomain =
        uses.stream().collect(Collectors.groupingBy(use -> use.permit().domain()));
    CompletionStage<Set<Permit>> lost = completedFuture(new HashSet<>());
    for (Map.Entry<Domain, List<PermitUse>> each : byDomain.entrySet()) {
      lost =
          lost.thenCombine(
              renew(each.getKey(), each.getValue()),
              (one, other) -> {
                one.addAll(other);
                return one;
              });
    }
    return lost;
  }

  private CompletionStage<Set<Permit>> renew(Domain domain, List<PermitUse> uses) {
    List<String> arguments = new ArrayList<>();
    index.note(domain);
    for (PermitUse use : uses) {
      arguments.add(holder(use.permit()));
      arguments.add(ago(use));
    }
    return scripts
        .run(renew, domain, arguments)
        .thenApply(
            places -> {
              Set<Permit> lost = new HashSet<>();
              places.forEach(place -> lost.add(uses.get(place.toInteger() - 1).permit()));
              return lost;
            });
  }

  @Override
  public CompletionStage<Void> leaveAllBut(Claim waiter, Set<Domain> kept) {
    CompletionStage<Void> left = completedFuture(null);
    for (Domain domain : waiters.linesOf(waiter)) {
      if (!kept.contains(domain)) {
        left = left.thenCombine(leave(domain, waiter), (one, other) -> null);
      }
    }
    return left;
  }

  private CompletionStage<Void> leave(Domain domain, Claim waiter) {
    return scripts
        .run(leave, domain, List.of(waiters.write(waiter)))
        .thenAccept(
            turns -> {
              noLongerIn(domain, waiter);
              tell(turns, 0);
            });
  }

  @Override
  public CompletionStage<DomainPage> domains(Optional<Domain> after, int most) {
    return reports.page(after, most);
  }

  private void noLongerIn(Domain domain, Claim waiter) {
    waiters.remove(domain, waiter);
    if (!waiters.anyIn(domain)) {
      alarms.cancel(domain);
      aliveSince.remove(domain);
    }
  }

  /** Asks for the turns of a domain in whose line somebody of us stands. */
  private void look(Domain domain) {
    if (!waiters.anyIn(domain)) {
      return;
    }
    index.note(domain);
    scripts
        .run(look, domain, List.of())
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                LOG.log(Level.DEBUG, "looking at a line", failure);
                alarms.setAgain(domain);
                return;
              }
              setAlarm(domain, answer.get(0));
              noticeLoss(domain, answer.get(1).toString());
              tell(answer, 2);
            });
  }

  /** Places may have been lost while this replica did not count as alive: everybody asks again. */
  private void noticeLoss(Domain domain, String since) {
    String before = aliveSince.put(domain, since);
    if (before != null && !before.equals(since)) {
      waiters.in(domain).forEach(listener);
    }
  }

  private void setAlarm(Domain domain, Response untilChange) {
    if (waiters.anyIn(domain)) {
      String text = untilChange.toString();
      alarms.set(
          domain,
          text.isEmpty() ? Optional.empty() : Optional.of(Micros.duration(Long.parseLong(text))));
    }
  }

  /** Another replica has a turn for a waiter of us, or learnt that a domain wants nobody now. */
  private void told(String message) {
    String[] domainAndWaiter = message.split(" ", 2);
    if (domainAndWaiter.length == 1) {
      look(new Domain(message));
    } else {
      listener.accept(Waiters.read(domainAndWaiter[1]));
    }
  }

  private void tell(Response turns, int from) {
    for (int i = from; i < turns.size(); i++) {
      listener.accept(Waiters.read(turns.get(i).toString()));
    }
  }

  private String holder(Permit permit) {
    return replica + ":" + permit.id();
  }

  private static String ago(PermitUse use) {
    return use.arrivedAgo().map(Micros::of).orElse("");
  }
}
