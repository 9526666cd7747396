package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.ThrottleUser.OTHER_PORT;
import static org.purgatory.sync.store.ThrottleUser.SERVER;
import static org.purgatory.sync.store.ThrottleUser.waiter;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;

/** What every throttle does when a server asks for patience. */
public interface PatienceContract {

  /** Who asks the throttle under test. */
  ThrottleUser user();

  @Test
  default void nobodyGetsAPermitOfADomainWhoseServerAskedForPatience() {
    user().fetch(SERVER, 1, patience(2));
    assertThat(user().waits(2).atLeast()).isEqualTo(Duration.ofSeconds(2));
    user().waits(OTHER_PORT, 3);
    user().pass(Duration.ofMillis(1999));
    user().waits(2);
    user().pass(Duration.ofMillis(1));
    user().granted(2);
    user().granted(OTHER_PORT, 3);
  }

  @Test
  default void otherDomainsGoOnWhileOneWaitsForItsServer() {
    user().fetch(SERVER, 1, patience(60));
    user().granted(Origin.parse("https://other.example"), 2);
  }

  @Test
  default void lineKeepsItsOrderAndTheLimitsWhileTheServerWantsNobody() {
    List<Permit> permits = user().takeFive();
    user().waits(6);
    user().waits(7);
    permits.subList(0, 4).forEach(permit -> user().release(permit, patience(10)));
    for (int waiter = 8; waiter <= 12; waiter++) {
      user().waits(waiter);
    }
    user().turns();
    user().pass(Duration.ofSeconds(9));
    assertThat(user().turns()).isEmpty();
    user().pass(Duration.ofSeconds(1));
    // One of the five is still held.
    assertThat(user().turns()).contains(waiter(6), waiter(7), waiter(8), waiter(9));
    user().waits(10);
    for (int waiter = 6; waiter <= 9; waiter++) {
      user().granted(waiter);
    }
    user().waits(10);
    user().release(permits.get(4));
    assertThat(user().turns()).containsExactly(waiter(10));
    user().granted(10);
  }

  @Test
  default void wordThatEndsWhileTheWindowIsFullOpensNothing() {
    for (int i = 1; i <= 29; i++) {
      user().release(user().granted(i));
    }
    user().fetch(SERVER, 30, patience(20));
    assertThat(user().waits(31).atLeast()).isEqualTo(Duration.ofSeconds(60));
    user().pass(Duration.ofSeconds(20));
    user().waits(31);
    user().turns();
    user().pass(Duration.ofSeconds(40));
    assertThat(user().turns()).contains(waiter(31));
    user().granted(31);
  }

  @Test
  default void shorterWordDoesNotShortenALongerOne() {
    Permit one = user().granted(1);
    Permit other = user().granted(2);
    user().release(one, patience(30));
    user().release(other, patience(5));
    user().pass(Duration.ofSeconds(29));
    user().waits(3);
    user().pass(Duration.ofSeconds(1));
    user().granted(3);
  }

  @Test
  default void longerWordProlongsAShorterOne() {
    Permit one = user().granted(1);
    Permit other = user().granted(2);
    user().release(one, patience(5));
    user().release(other, patience(30));
    user().pass(Duration.ofSeconds(29));
    user().waits(3);
    user().pass(Duration.ofSeconds(1));
    user().granted(3);
  }

  @Test
  default void fetchThatGoesOnKeepsItsPermitWhileTheServerWantsNobodyNew() {
    Permit one = user().granted(1);
    user().fetch(SERVER, 2, patience(30));
    user().release(one);
    assertThat(user().status(SERVER.domain()).orElseThrow().inFlight()).isZero();
    user().waits(3);
  }

  @Test
  default void permitThatIsOverHasNothingToSay() {
    Permit lost = user().granted(1);
    user().pass(Duration.ofSeconds(60));
    user().release(lost, patience(30));
    Permit twice = user().granted(2);
    user().release(twice);
    user().release(twice, patience(30));
    assertThat(user().decide(SERVER, 3)).isInstanceOf(PermitDecision.Granted.class);
  }

  private static ExchangeSign patience(int seconds) {
    return new ExchangeSign.AskedForPatience(Duration.ofSeconds(seconds));
  }
}
