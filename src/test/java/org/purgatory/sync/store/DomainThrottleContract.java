package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.ThrottleUser.done;
import static org.purgatory.sync.store.ThrottleUser.waiter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.ThrottleSettings.Limits;

/** What every throttle does, whatever it counts in. */
public abstract class DomainThrottleContract
    implements PatienceContract, CircuitContract, DomainListContract {

  private static final Origin OTHER = Origin.parse("https://other.example");
  private static final Origin STRICT = Origin.parse("https://strict.example");

  /** The limits under which the contract is tested. */
  protected static final ThrottleSettings SETTINGS =
      new ThrottleSettings(
          new Limits(5, 30), Map.of(STRICT.domain(), new Limits(1, 2)), Duration.ofSeconds(60));

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private ThrottleUser user;

  /** The throttle under test. */
  protected abstract DomainThrottle throttle();

  /** Lets the throttle's time pass. */
  protected abstract void pass(Duration time);

  @BeforeEach
  void listen() {
    user = new ThrottleUser(throttle(), this::pass);
  }

  @Override
  public ThrottleUser user() {
    return user;
  }

  @Test
  void sixthConcurrentFetchWaits() {
    for (int i = 1; i <= 5; i++) {
      user.granted(i);
    }
    user.waits(6);
  }

  @Test
  void thirtyFirstFetchOfAMinuteWaits() {
    for (int i = 1; i <= 30; i++) {
      user.release(user.granted(i));
    }
    assertThat(user.waits(31).atLeast()).isEqualTo(WINDOW);
  }

  @Test
  void windowSlides() {
    user.release(user.granted(1));
    user.pass(Duration.ofSeconds(30));
    for (int i = 2; i <= 30; i++) {
      user.release(user.granted(i));
    }
    user.waits(31);
    user.pass(WINDOW.minusSeconds(30));
    user.release(user.granted(31));
    user.waits(32);
    user.pass(Duration.ofSeconds(30));
    user.release(user.granted(32));
  }

  @Test
  void minuteBeginsWhenTheRequestHasArrived() {
    Permit slow = user.granted(1);
    for (int i = 2; i <= 30; i++) {
      user.release(user.granted(i));
    }
    user.pass(Duration.ofSeconds(15));
    done(throttle().renew(List.of(new PermitUse(slow, Optional.of(Duration.ofSeconds(5))))));
    user.pass(WINDOW.minusSeconds(15));
    for (int i = 31; i <= 59; i++) {
      user.release(user.granted(i));
    }
    user.waits(60);
    user.pass(Duration.ofSeconds(10));
    user.granted(60);
  }

  @Test
  void permitOfWhichNothingIsHeardCountsFromItsEnd() {
    Permit silent = user.granted(1);
    for (int i = 2; i <= 30; i++) {
      user.release(user.granted(i));
    }
    user.pass(Duration.ofSeconds(30));
    user.release(silent);
    user.pass(WINDOW.minusSeconds(30));
    for (int i = 31; i <= 59; i++) {
      user.release(user.granted(i));
    }
    user.waits(60);
  }

  @Test
  void releasedPermitLetsTheNextOneIn() {
    List<Permit> permits = user.takeFive();
    user.waits(6);
    user.release(permits.get(2));
    assertThat(user.turns()).containsExactly(waiter(6));
    user.granted(6);
  }

  @Test
  void waitersTakeTheirTurnsInTheOrderInWhichTheyCame() {
    List<Permit> permits = user.takeFive();
    user.waits(6);
    user.waits(7);
    user.release(permits.get(0));
    user.waits(8);
    user.waits(7);
    user.granted(6);
  }

  @Test
  void nobodyOvertakesTheLine() {
    List<Permit> permits = user.takeFive();
    user.waits(6);
    user.release(permits.get(0));
    user.waits(7);
    user.granted(6);
  }

  @Test
  void everyFreeSlotIsSomebodysTurn() {
    List<Permit> permits = user.takeFive();
    user.waits(6);
    user.waits(7);
    user.release(permits.get(0));
    user.turns();
    user.release(permits.get(1));
    assertThat(user.turns()).containsExactly(waiter(6), waiter(7));
    user.granted(7);
    user.granted(6);
  }

  @Test
  void whoLeavesTheLineLetsTheNextOneGo() {
    List<Permit> permits = user.takeFive();
    user.waits(6);
    user.waits(7);
    user.release(permits.get(0));
    user.turns();
    done(throttle().leaveAllBut(waiter(6), Set.of()));
    assertThat(user.turns()).containsExactly(waiter(7));
    user.granted(7);
  }

  @Test
  void waiterHearsWhenTheWindowMovesOn() {
    for (int i = 1; i <= 30; i++) {
      user.release(user.granted(i));
    }
    user.waits(31);
    user.pass(Duration.ofSeconds(59));
    assertThat(user.turns()).isEmpty();
    user.pass(WINDOW.minusSeconds(59));
    assertThat(user.turns()).contains(waiter(31));
    user.granted(31);
  }

  @Test
  void releasingTwiceFreesOneSlot() {
    List<Permit> permits = user.takeFive();
    user.release(permits.get(0));
    user.release(permits.get(0));
    user.granted(6);
    user.waits(7);
  }

  @Test
  void permitThatIsNotRenewedComesBack() {
    user.takeFive();
    user.waits(6);
    user.pass(Duration.ofSeconds(60));
    assertThat(user.turns()).contains(waiter(6));
    user.granted(6);
  }

  @Test
  void renewedPermitIsKept() {
    List<Permit> permits = user.takeFive();
    user.pass(Duration.ofSeconds(40));
    assertThat(done(throttle().renew(uses(permits)))).isEmpty();
    user.pass(Duration.ofSeconds(40));
    user.waits(6);
  }

  @Test
  void lateReleaseOfALostPermitFreesNobodyElsesSlot() {
    List<Permit> lost = user.takeFive();
    user.pass(Duration.ofSeconds(61));
    user.takeFive();
    user.release(lost.get(0));
    user.waits(6);
  }

  @Test
  void domainsDoNotWaitForEachOther() {
    user.takeFive();
    user.waits(6);
    assertThat(user.decide(OTHER, 6)).isInstanceOf(PermitDecision.Granted.class);
  }

  @Test
  void domainCanHaveLimitsOfItsOwn() {
    PermitDecision first = user.decide(STRICT, 1);
    assertThat(user.decide(STRICT, 2)).isInstanceOf(PermitDecision.Wait.class);
    user.release(((PermitDecision.Granted) first).permit());
    user.release(((PermitDecision.Granted) user.decide(STRICT, 2)).permit());
    assertThat(user.decide(STRICT, 3)).isInstanceOf(PermitDecision.Wait.class);
  }

  @Test
  void lostPermitIsToldWhenItIsRenewed() {
    List<Permit> permits = user.takeFive();
    user.pass(Duration.ofSeconds(60));
    assertThat(done(throttle().renew(uses(permits)))).containsExactlyInAnyOrderElementsOf(permits);
    user.takeFive();
  }

  @Test
  void minuteOfAReleasedFetchBeganWhenItsRequestArrived() {
    Permit slow = user.granted(1);
    for (int i = 2; i <= 30; i++) {
      user.release(user.granted(i));
    }
    user.pass(Duration.ofSeconds(40));
    done(
        throttle()
            .release(
                new PermitUse(slow, Optional.of(Duration.ofSeconds(30))),
                new ExchangeSign.Answered()));
    user.pass(WINDOW.minusSeconds(40));
    for (int i = 31; i <= 59; i++) {
      user.release(user.granted(i));
    }
    user.waits(60);
    user.pass(Duration.ofSeconds(10));
    user.granted(60);
  }

  private static List<PermitUse> uses(List<Permit> permits) {
    return permits.stream().map(permit -> new PermitUse(permit, Optional.empty())).toList();
  }
}
