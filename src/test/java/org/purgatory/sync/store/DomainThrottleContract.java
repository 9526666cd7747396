package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.repo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.ThrottleSettings.Limits;

/** What every throttle does, whatever it counts in. */
public abstract class DomainThrottleContract {

  /** A domain with the general limits. */
  protected static final Domain DOMAIN = new Domain("git.example");

  private static final Domain OTHER = new Domain("other.example");
  private static final Domain STRICT = new Domain("strict.example");

  /** The limits under which the contract is tested. */
  protected static final ThrottleSettings SETTINGS =
      new ThrottleSettings(
          new Limits(5, 30), Map.of(STRICT, new Limits(1, 2)), Duration.ofSeconds(60));

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final List<Claim> turns = new ArrayList<>();

  /** The throttle under test. */
  protected abstract DomainThrottle throttle();

  /** Lets the throttle's time pass. */
  protected abstract void pass(Duration time);

  @BeforeEach
  void listen() {
    throttle().onTurn(turns::add);
  }

  @Test
  void sixthConcurrentFetchWaits() {
    for (int i = 1; i <= 5; i++) {
      granted(i);
    }
    waits(6);
  }

  @Test
  void thirtyFirstFetchOfAMinuteWaits() {
    for (int i = 1; i <= 30; i++) {
      release(granted(i));
    }
    assertThat(waits(31).atLeast()).isEqualTo(WINDOW);
  }

  @Test
  void windowSlides() {
    release(granted(1));
    pass(Duration.ofSeconds(30));
    for (int i = 2; i <= 30; i++) {
      release(granted(i));
    }
    waits(31);
    pass(WINDOW.minusSeconds(30));
    release(granted(31));
    waits(32);
    pass(Duration.ofSeconds(30));
    release(granted(32));
  }

  @Test
  void minuteBeginsWhenTheRequestHasArrived() {
    Permit slow = granted(1);
    for (int i = 2; i <= 30; i++) {
      release(granted(i));
    }
    pass(Duration.ofSeconds(15));
    done(throttle().renew(List.of(new PermitUse(slow, Optional.of(Duration.ofSeconds(5))))));
    pass(WINDOW.minusSeconds(15));
    for (int i = 31; i <= 59; i++) {
      release(granted(i));
    }
    waits(60);
    pass(Duration.ofSeconds(10));
    granted(60);
  }

  @Test
  void permitOfWhichNothingIsHeardCountsFromItsEnd() {
    Permit silent = granted(1);
    for (int i = 2; i <= 30; i++) {
      release(granted(i));
    }
    pass(Duration.ofSeconds(30));
    release(silent);
    pass(WINDOW.minusSeconds(30));
    for (int i = 31; i <= 59; i++) {
      release(granted(i));
    }
    waits(60);
  }

  @Test
  void releasedPermitLetsTheNextOneIn() {
    List<Permit> permits = takeFive();
    waits(6);
    release(permits.get(2));
    assertThat(turns).containsExactly(waiter(6));
    granted(6);
  }

  @Test
  void waitersTakeTheirTurnsInTheOrderInWhichTheyCame() {
    List<Permit> permits = takeFive();
    waits(6);
    waits(7);
    release(permits.get(0));
    waits(8);
    waits(7);
    granted(6);
  }

  @Test
  void nobodyOvertakesTheLine() {
    List<Permit> permits = takeFive();
    waits(6);
    release(permits.get(0));
    waits(7);
    granted(6);
  }

  @Test
  void everyFreeSlotIsSomebodysTurn() {
    List<Permit> permits = takeFive();
    waits(6);
    waits(7);
    release(permits.get(0));
    turns.clear();
    release(permits.get(1));
    assertThat(turns).containsExactly(waiter(6), waiter(7));
    granted(7);
    granted(6);
  }

  @Test
  void whoLeavesTheLineLetsTheNextOneGo() {
    List<Permit> permits = takeFive();
    waits(6);
    waits(7);
    release(permits.get(0));
    turns.clear();
    done(throttle().leaveAllBut(waiter(6), Set.of()));
    assertThat(turns).containsExactly(waiter(7));
    granted(7);
  }

  @Test
  void waiterHearsWhenTheWindowMovesOn() {
    for (int i = 1; i <= 30; i++) {
      release(granted(i));
    }
    waits(31);
    pass(Duration.ofSeconds(59));
    assertThat(turns).isEmpty();
    pass(WINDOW.minusSeconds(59));
    assertThat(turns).contains(waiter(31));
    granted(31);
  }

  @Test
  void releasingTwiceFreesOneSlot() {
    List<Permit> permits = takeFive();
    release(permits.get(0));
    release(permits.get(0));
    granted(6);
    waits(7);
  }

  @Test
  void permitThatIsNotRenewedComesBack() {
    takeFive();
    waits(6);
    pass(Duration.ofSeconds(60));
    assertThat(turns).contains(waiter(6));
    granted(6);
  }

  @Test
  void renewedPermitIsKept() {
    List<Permit> permits = takeFive();
    pass(Duration.ofSeconds(40));
    assertThat(done(throttle().renew(uses(permits)))).isEmpty();
    pass(Duration.ofSeconds(40));
    waits(6);
  }

  @Test
  void lateReleaseOfALostPermitFreesNobodyElsesSlot() {
    List<Permit> lost = takeFive();
    pass(Duration.ofSeconds(61));
    takeFive();
    release(lost.get(0));
    waits(6);
  }

  @Test
  void domainsDoNotWaitForEachOther() {
    takeFive();
    waits(6);
    assertThat(decide(OTHER, 6)).isInstanceOf(PermitDecision.Granted.class);
  }

  @Test
  void domainCanHaveLimitsOfItsOwn() {
    PermitDecision first = decide(STRICT, 1);
    assertThat(decide(STRICT, 2)).isInstanceOf(PermitDecision.Wait.class);
    release(((PermitDecision.Granted) first).permit());
    release(((PermitDecision.Granted) decide(STRICT, 2)).permit());
    assertThat(decide(STRICT, 3)).isInstanceOf(PermitDecision.Wait.class);
  }

  @Test
  void lostPermitIsToldWhenItIsRenewed() {
    List<Permit> permits = takeFive();
    pass(Duration.ofSeconds(60));
    assertThat(done(throttle().renew(uses(permits)))).containsExactlyInAnyOrderElementsOf(permits);
    takeFive();
  }

  @Test
  void minuteOfAReleasedFetchBeganWhenItsRequestArrived() {
    Permit slow = granted(1);
    for (int i = 2; i <= 30; i++) {
      release(granted(i));
    }
    pass(Duration.ofSeconds(40));
    done(throttle().release(new PermitUse(slow, Optional.of(Duration.ofSeconds(30)))));
    pass(WINDOW.minusSeconds(40));
    for (int i = 31; i <= 59; i++) {
      release(granted(i));
    }
    waits(60);
    pass(Duration.ofSeconds(10));
    granted(60);
  }

  private static List<PermitUse> uses(List<Permit> permits) {
    return permits.stream().map(permit -> new PermitUse(permit, Optional.empty())).toList();
  }

  private List<Permit> takeFive() {
    List<Permit> permits = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      permits.add(granted(i));
    }
    return permits;
  }

  private Permit granted(int waiter) {
    PermitDecision decision = decide(DOMAIN, waiter);
    assertThat(decision).isInstanceOf(PermitDecision.Granted.class);
    return ((PermitDecision.Granted) decision).permit();
  }

  private PermitDecision.Wait waits(int waiter) {
    PermitDecision decision = decide(DOMAIN, waiter);
    assertThat(decision).isInstanceOf(PermitDecision.Wait.class);
    return (PermitDecision.Wait) decision;
  }

  private PermitDecision decide(Domain domain, int waiter) {
    return done(throttle().tryAcquire(domain, waiter(waiter)));
  }

  private void release(Permit permit) {
    done(throttle().release(new PermitUse(permit, Optional.empty())));
  }

  private static Claim waiter(int number) {
    return new Claim(repo("r" + number), number);
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
