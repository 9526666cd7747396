package org.purgatory.sync.store.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainThrottle;
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

  private final DomainScripts scripts;
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
  public CompletionStage<PermitDecision> tryAcquire(Domain domain, Claim waiter) {
    Permit permit = new Permit(domain, lastPermit.incrementAndGet());
    return scripts
        .run(acquire, domain, List.of(waiters.write(waiter), holder(permit)))
        .thenApply(
            answer -> {
              if (answer.get(0).toInteger() == 1) {
                noLongerIn(domain, waiter);
                return new PermitDecision.Granted(permit);
              }
              waiters.add(domain, waiter);
              setAlarm(domain, answer.get(2));
              noticeLoss(domain, answer.get(3).toString());
              return new PermitDecision.Wait(Micros.duration(answer.get(1).toLong()));
            });
  }

  @Override
  public CompletionStage<Void> release(PermitUse use) {
    Permit permit = use.permit();
    return scripts
        .run(release, permit.domain(), List.of(holder(permit), ago(use)))
        .thenAccept(this::tell);
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
              tell(turns);
            });
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
              for (int i = 2; i < answer.size(); i++) {
                listener.accept(Waiters.read(answer.get(i).toString()));
              }
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

  private void told(String message) {
    listener.accept(Waiters.read(message.split(" ", 2)[1]));
  }

  private void tell(Response turns) {
    turns.forEach(waiter -> listener.accept(Waiters.read(waiter.toString())));
  }

  private String holder(Permit permit) {
    return replica + ":" + permit.id();
  }

  private static String ago(PermitUse use) {
    return use.arrivedAgo().map(Micros::of).orElse("");
  }
}
