package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.ThrottleUser.OTHER_PORT;
import static org.purgatory.sync.store.ThrottleUser.SERVER;
import static org.purgatory.sync.store.ThrottleUser.UNREACHABLE;
import static org.purgatory.sync.store.ThrottleUser.waiter;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision.Blocked;

/** What every throttle does with servers that cannot be reached. */
public interface CircuitContract {

  /** How long a server is not tried after its first failure. */
  Duration FIRST = Duration.ofMinutes(1);

  /** Who asks the throttle under test. */
  ThrottleUser user();

  @Test
  default void serverThatCannotBeReachedIsNotTriedForAMinute() {
    user().fetch(SERVER, 1, UNREACHABLE);
    assertThat(user().blocked(SERVER, 2)).isEqualTo(new Blocked(FIRST, CircuitCause.UNREACHABLE));
    user().pass(FIRST.minusMillis(1));
    user().blocked(SERVER, 2);
    user().pass(Duration.ofMillis(1));
    user().granted(SERVER, 2);
  }

  @Test
  default void otherServersOfTheHostAndOtherSchemesAreTriedAllTheSame() {
    ExchangeSign tls = new ExchangeSign.Unreachable(CircuitCause.TLS);
    user().fetch(OTHER_PORT, 1, tls);
    assertThat(user().blocked(OTHER_PORT, 2).cause()).isEqualTo(CircuitCause.TLS);
    user().granted(SERVER, 3);
    user().granted(Origin.parse("http://git.example"), 4);
    user().granted(Origin.parse("http://git.example:8443"), 5);
  }

  @Test
  default void whoIsKeptAwayTakesNoPlaceInTheLine() {
    user().fetch(OTHER_PORT, 1, UNREACHABLE);
    List<Permit> permits = user().takeFive();
    user().blocked(OTHER_PORT, 6);
    user().waits(SERVER, 7);
    user().release(permits.get(0));
    assertThat(user().turns()).containsExactly(waiter(7));
  }

  @Test
  default void onlyOneProbesAServerThatMayBeTriedAgain() {
    user().fetch(SERVER, 1, UNREACHABLE);
    user().pass(FIRST);
    Permit probe = user().granted(SERVER, 2);
    assertThat(user().blocked(SERVER, 3).atLeast()).isZero();
    user().release(probe, new ExchangeSign.Answered());
    user().granted(SERVER, 3);
    user().granted(SERVER, 4);
  }

  @Test
  default void eachFailedProbeDoublesTheTimeUpToTwelveHours() {
    user().fetch(SERVER, 1, UNREACHABLE);
    Duration expected = FIRST;
    for (int i = 0; i < 12; i++) {
      assertThat(user().blocked(SERVER, 2).atLeast()).isEqualTo(expected);
      user().pass(expected);
      user().fetch(SERVER, 3, UNREACHABLE);
      Duration doubled = expected.multipliedBy(2);
      expected = doubled.compareTo(Duration.ofHours(12)) < 0 ? doubled : Duration.ofHours(12);
    }
    assertThat(user().blocked(SERVER, 2).atLeast()).isEqualTo(Duration.ofHours(12));
  }

  @Test
  default void answerClosesTheCircuitAndForgetsItsHistory() {
    user().fetch(SERVER, 1, UNREACHABLE);
    user().pass(FIRST);
    user().fetch(SERVER, 2, UNREACHABLE);
    user().pass(FIRST.multipliedBy(2));
    user().fetch(SERVER, 3, new ExchangeSign.AskedForPatience(Duration.ofSeconds(1)));
    user().pass(Duration.ofSeconds(1));
    user().fetch(SERVER, 4, UNREACHABLE);
    assertThat(user().blocked(SERVER, 5).atLeast()).isEqualTo(FIRST);
  }

  @Test
  default void failuresOfFetchesThatBeganTogetherCountOnce() {
    user().takeFive().forEach(permit -> user().release(permit, UNREACHABLE));
    assertThat(user().blocked(SERVER, 6).atLeast()).isEqualTo(FIRST);
    user().pass(FIRST);
    Permit probe = user().granted(SERVER, 7);
    user().blocked(SERVER, 8);
    user().release(probe, UNREACHABLE);
    assertThat(user().blocked(SERVER, 8).atLeast()).isEqualTo(FIRST.multipliedBy(2));
  }

  @Test
  default void fetchFromBeforeThatAnswersClosesTheCircuit() {
    Permit slow = user().granted(SERVER, 1);
    user().fetch(SERVER, 2, UNREACHABLE);
    user().blocked(SERVER, 3);
    user().release(slow, new ExchangeSign.Answered());
    user().granted(SERVER, 3);
  }

  @Test
  default void probeWithoutASignIsGivenBackAndTheNextOneMayTry() {
    user().fetch(SERVER, 1, UNREACHABLE);
    user().pass(FIRST);
    user().fetch(SERVER, 2, new ExchangeSign.NoSign());
    Permit next = user().granted(SERVER, 3);
    user().release(next, UNREACHABLE);
    assertThat(user().blocked(SERVER, 4).atLeast()).isEqualTo(FIRST.multipliedBy(2));
  }

  @Test
  default void probeThatDiesLetsTheNextOneTryAfterItsLease() {
    user().fetch(SERVER, 1, UNREACHABLE);
    user().pass(FIRST);
    Permit dead = user().granted(SERVER, 2);
    user().pass(Duration.ofSeconds(59));
    user().blocked(SERVER, 3);
    user().pass(Duration.ofSeconds(1));
    Permit next = user().granted(SERVER, 3);
    user().release(dead, new ExchangeSign.Answered());
    user().blocked(SERVER, 4);
    user().release(next, new ExchangeSign.Answered());
    user().granted(SERVER, 4);
  }

  @Test
  default void releasingTwiceCountsOneFailure() {
    user().fetch(SERVER, 1, UNREACHABLE);
    user().pass(FIRST);
    Permit probe = user().granted(SERVER, 2);
    user().release(probe, UNREACHABLE);
    user().release(probe, UNREACHABLE);
    assertThat(user().blocked(SERVER, 3).atLeast()).isEqualTo(FIRST.multipliedBy(2));
  }

  @Test
  default void probeWaitsForItsTurnLikeEverybody() {
    user().fetch(OTHER_PORT, 1, UNREACHABLE);
    user().pass(FIRST);
    List<Permit> permits = user().takeFive();
    user().waits(OTHER_PORT, 6);
    user().waits(OTHER_PORT, 7);
    permits.forEach(permit -> user().release(permit));
    assertThat(user().turns()).contains(waiter(6), waiter(7));
    user().granted(OTHER_PORT, 6);
    user().blocked(OTHER_PORT, 7);
  }

  @Test
  default void historyIsForgottenWhenNobodyHasTriedForLong() {
    user().fetch(SERVER, 1, UNREACHABLE);
    user().pass(FIRST);
    user().fetch(SERVER, 2, UNREACHABLE);
    user().pass(FIRST.multipliedBy(2).plus(Duration.ofMinutes(10)));
    user().fetch(SERVER, 3, UNREACHABLE);
    assertThat(user().blocked(SERVER, 4).atLeast()).isEqualTo(FIRST);
  }

  @Test
  default void strangersWhoNamePortsWithoutEndDoNotMakeAHostForgetItsLongOutages() {
    Duration open = FIRST;
    user().fetch(SERVER, 1, UNREACHABLE);
    for (int i = 0; i < 4; i++) {
      user().pass(open);
      user().fetch(SERVER, 1, UNREACHABLE);
      open = open.multipliedBy(2);
    }
    Origin last = SERVER;
    for (int port = 1001; port <= 1150; port++) {
      if (port % 25 == 0) {
        user().pass(Duration.ofMinutes(1));
      }
      last = Origin.parse("http://git.example:" + port);
      user().fetch(last, 2, UNREACHABLE);
    }
    user().blocked(SERVER, 3);
    user().blocked(last, 3);
  }

  @Test
  default void numberOfServersThatAreRememberedIsBounded() {
    for (int port = 1; port <= 120; port++) {
      if (port % 30 == 0) {
        user().pass(Duration.ofMinutes(1));
      }
      user().fetch(Origin.parse("http://git.example:" + (port + 1000)), 1, UNREACHABLE);
    }
    user().pass(Duration.ofMinutes(1));
    Origin forgotten = Origin.parse("http://git.example:1001");
    Origin remembered = Origin.parse("http://git.example:1120");
    user().fetch(forgotten, 2, UNREACHABLE);
    user().fetch(remembered, 2, UNREACHABLE);
    assertThat(user().blocked(forgotten, 3).atLeast()).isEqualTo(FIRST);
    assertThat(user().blocked(remembered, 3).atLeast()).isEqualTo(FIRST.multipliedBy(2));
  }
}
