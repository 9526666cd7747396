package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.ThrottleUser.OTHER_PORT;
import static org.purgatory.sync.store.ThrottleUser.SERVER;
import static org.purgatory.sync.store.ThrottleUser.UNREACHABLE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.DomainStatus;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.OpenCircuit;
import org.purgatory.sync.sync.Permit;

/** What every throttle tells of its domains. */
public interface DomainListContract {

  /** Who asks the throttle under test. */
  ThrottleUser user();

  /** The throttle's time. */
  Instant now();

  @Test
  default void nothingIsToldOfDomainsThatNobodyAsks() {
    assertThat(user().all()).isEmpty();
    user().fetch(SERVER, 1, new ExchangeSign.Answered());
    assertThat(user().all()).hasSize(1);
    user().pass(Duration.ofSeconds(60));
    assertThat(user().all()).isEmpty();
  }

  @Test
  default void pagesAreInTheOrderOfNames() {
    for (String host : List.of("c.example", "a.example", "e.example", "b.example", "d.example")) {
      user().granted(Origin.parse("https://" + host), 1);
    }
    assertThat(user().all())
        .extracting(status -> status.domain().name())
        .containsExactly("a.example", "b.example", "c.example", "d.example", "e.example");
  }

  @Test
  default void busyDomainTellsOfItsFetchesItsWindowAndItsLine() {
    Instant start = now();
    List<Permit> permits = user().takeFive();
    user().waits(6);
    user().waits(7);
    DomainStatus busy = user().status(SERVER.domain()).orElseThrow();
    assertThat(busy.inFlight()).isEqualTo(5);
    assertThat(busy.inWindow()).isEqualTo(5);
    assertThat(busy.waiting()).isEqualTo(2);
    assertThat(busy.nextCapacity()).contains(start.plusSeconds(60));
    assertThat(busy.patienceUntil()).isEmpty();
    user().release(permits.get(0));
    DomainStatus free = user().status(SERVER.domain()).orElseThrow();
    assertThat(free.inFlight()).isEqualTo(4);
    assertThat(free.inWindow()).isEqualTo(5);
    assertThat(free.nextCapacity()).isEmpty();
  }

  @Test
  default void fullWindowTellsWhenItOpens() {
    user().release(user().granted(1));
    Instant first = now();
    user().pass(Duration.ofSeconds(10));
    for (int i = 2; i <= 30; i++) {
      user().release(user().granted(i));
    }
    assertThat(user().status(SERVER.domain()).orElseThrow().nextCapacity())
        .contains(first.plusSeconds(60));
  }

  @Test
  default void domainWhoseServerAskedForPatienceIsToldOfUntilThen() {
    user().fetch(SERVER, 1, new ExchangeSign.AskedForPatience(Duration.ofHours(1)));
    Optional<Instant> until = Optional.of(now().plus(Duration.ofHours(1)));
    user().pass(Duration.ofMinutes(59));
    DomainStatus status = user().status(SERVER.domain()).orElseThrow();
    assertThat(status.patienceUntil()).isEqualTo(until);
    assertThat(status.nextCapacity()).isEqualTo(until);
    user().pass(Duration.ofMinutes(1));
    assertThat(user().all()).isEmpty();
  }

  @Test
  default void serversThatAreNotTriedAreToldOfByName() {
    user().fetch(SERVER, 1, new ExchangeSign.Unreachable(CircuitCause.TLS));
    Instant first = now();
    user().pass(Duration.ofSeconds(1));
    user().fetch(OTHER_PORT, 2, UNREACHABLE);
    DomainStatus status = user().status(SERVER.domain()).orElseThrow();
    assertThat(status.openCircuits())
        .containsExactly(
            new OpenCircuit(SERVER, CircuitCause.TLS, first.plusSeconds(60)),
            new OpenCircuit(OTHER_PORT, CircuitCause.UNREACHABLE, first.plusSeconds(61)));
    assertThat(status.nextCapacity()).isEmpty();
  }

  @Test
  default void longOutageIsToldOfUntilItsEnd() {
    Duration open = Duration.ofMinutes(1);
    user().fetch(SERVER, 1, UNREACHABLE);
    for (int i = 0; i < 10; i++) {
      user().pass(open);
      user().fetch(SERVER, 1, UNREACHABLE);
      open = open.multipliedBy(2);
    }
    user().pass(Duration.ofHours(12).minusSeconds(1));
    assertThat(user().status(SERVER.domain()).orElseThrow().openCircuits()).hasSize(1);
    user().pass(Duration.ofSeconds(1));
    assertThat(user().all()).isEmpty();
  }
}
