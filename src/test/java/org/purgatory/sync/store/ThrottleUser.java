package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.repo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainPage;
import org.purgatory.sync.sync.DomainStatus;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;

/** Asks a throttle as runs do, and hears whose turn it is. After each operation its limits hold. */
public final class ThrottleUser {

  /** A server of a domain with the general limits. */
  public static final Origin SERVER = Origin.parse("https://git.example");

  /** Another server of the same domain. */
  public static final Origin OTHER_PORT = Origin.parse("https://git.example:8443");

  /** What a fetch shows that found no way. */
  public static final ExchangeSign UNREACHABLE =
      new ExchangeSign.Unreachable(CircuitCause.UNREACHABLE);

  private final DomainThrottle throttle;
  private final Consumer<Duration> time;
  private final List<Claim> turns = new ArrayList<>();

  ThrottleUser(DomainThrottle throttle, Consumer<Duration> time) {
    this.throttle = throttle;
    this.time = time;
    throttle.onTurn(turns::add);
  }

  /** Whose turn it has been since it was asked last. */
  List<Claim> turns() {
    List<Claim> all = List.copyOf(turns);
    turns.clear();
    return all;
  }

  void pass(Duration duration) {
    time.accept(duration);
    check();
  }

  Permit granted(int waiter) {
    return granted(SERVER, waiter);
  }

  Permit granted(Origin server, int waiter) {
    PermitDecision decision = decide(server, waiter);
    assertThat(decision).isInstanceOf(PermitDecision.Granted.class);
    return ((PermitDecision.Granted) decision).permit();
  }

  PermitDecision.Wait waits(int waiter) {
    return waits(SERVER, waiter);
  }

  PermitDecision.Wait waits(Origin server, int waiter) {
    PermitDecision decision = decide(server, waiter);
    assertThat(decision).isInstanceOf(PermitDecision.Wait.class);
    return (PermitDecision.Wait) decision;
  }

  PermitDecision.Blocked blocked(Origin server, int waiter) {
    PermitDecision decision = decide(server, waiter);
    assertThat(decision).isInstanceOf(PermitDecision.Blocked.class);
    return (PermitDecision.Blocked) decision;
  }

  PermitDecision decide(Origin server, int waiter) {
    PermitDecision decision = done(throttle.tryAcquire(server, waiter(waiter)));
    check();
    return decision;
  }

  List<Permit> takeFive() {
    List<Permit> permits = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      permits.add(granted(i));
    }
    return permits;
  }

  void release(Permit permit) {
    release(permit, new ExchangeSign.NoSign());
  }

  void release(Permit permit, ExchangeSign sign) {
    done(throttle.release(new PermitUse(permit, Optional.empty()), sign));
    check();
  }

  /** Makes a fetch that shows this. */
  void fetch(Origin server, int waiter, ExchangeSign sign) {
    release(granted(server, waiter), sign);
  }

  /** What there is to tell of a domain. */
  Optional<DomainStatus> status(Domain domain) {
    return all().stream().filter(status -> status.domain().equals(domain)).findFirst();
  }

  /** All pages, of which each holds two domains. */
  List<DomainStatus> all() {
    List<DomainStatus> all = new ArrayList<>();
    Optional<Domain> after = Optional.empty();
    do {
      DomainPage page = done(throttle.domains(after, 2));
      assertThat(page.domains()).hasSizeLessThanOrEqualTo(2);
      all.addAll(page.domains());
      after = page.last();
    } while (after.isPresent());
    return all;
  }

  static Claim waiter(int number) {
    return new Claim(repo("r" + number), number);
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void check() {
    for (DomainStatus status : all()) {
      assertThat(status.inFlight()).isBetween(0, status.limits().maxConcurrent());
      assertThat(status.inWindow()).isBetween(0, status.limits().maxPerMinute());
      assertThat(status.openCircuits()).hasSizeLessThanOrEqualTo(100);
      assertThat(status.isQuiet()).isFalse();
    }
  }
}
