package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.testkit.Line;
import org.purgatory.sync.testkit.LogTap;
import org.purgatory.sync.testkit.VirtualTime;

class HeldPermitsTest {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration CERTAIN = Duration.ofSeconds(57);
  private static final Permit PERMIT = new Permit(Origin.parse("https://a.example"), 1);
  private static final Permit OTHER = new Permit(Origin.parse("https://a.example"), 2);

  private final VirtualTime time = new VirtualTime();
  private final Line line = new Line();
  private final Throttle throttle = new Throttle();
  private final LogTap log = LogTap.on(HeldPermits.class.getName());
  private final HeldPermits permits =
      new HeldPermits(
          line.to(DomainThrottle.class, throttle), new Patience(time), LEASE, time, time);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void permitIsGivenBackWithWhatIsKnownOfItsFetch() {
    Fetch fetch = start(PERMIT);
    time.advance(Duration.ofSeconds(1));
    fetch.control.arrived();
    time.advance(Duration.ofSeconds(2));
    fetch.answer.complete("objects");
    assertThat(fetch.result).isCompletedWithValue("objects");
    assertThat(throttle.released)
        .containsExactly(new PermitUse(PERMIT, Optional.of(Duration.ofSeconds(2))));
  }

  @Test
  void permitIsGivenBackWithWhatTheFetchHasShownOfTheServer() {
    ExchangeSign patience = new ExchangeSign.AskedForPatience(Duration.ofSeconds(2));
    Fetch fetch = start(PERMIT);
    fetch.control.showed(patience);
    fetch.answer.complete("nothing");
    start(OTHER).answer.completeExceptionally(new IllegalStateException("a bug"));
    assertThat(throttle.signs).containsExactly(patience, new ExchangeSign.NoSign());
  }

  @Test
  void permitOfAFetchThatFailsIsGivenBack() {
    Fetch fetch = start(PERMIT);
    IllegalStateException bug = new IllegalStateException("a bug");
    fetch.answer.completeExceptionally(bug);
    assertThat(fetch.result).isCompletedExceptionally();
    assertThat(throttle.released).hasSize(1);
  }

  @Test
  void permitOfAFetchThatCannotBeginIsGivenBack() {
    CompletionStage<String> result =
        permits.hold(
            PERMIT,
            time.instant(),
            control -> {
              throw new IllegalStateException("a bug");
            });
    assertThat(result.toCompletableFuture()).isCompletedExceptionally();
    assertThat(throttle.released).hasSize(1);
  }

  @Test
  void resultDoesNotWaitForAThrottleThatIsAwayButThePermitDoes() {
    Fetch fetch = start(PERMIT);
    line.cutWithExceptions();
    fetch.answer.complete("objects");
    assertThat(fetch.result).isCompletedWithValue("objects");
    time.advance(Duration.ofSeconds(10));
    line.mend();
    time.advance(Duration.ofSeconds(1));
    assertThat(throttle.released).hasSize(1);
  }

  @Test
  void renewedPermitKeepsItsFetchGoing() {
    Fetch fetch = start(PERMIT);
    for (int i = 0; i < 30; i++) {
      time.advance(LEASE.dividedBy(3));
      permits.renew(Instant.MIN);
    }
    assertThat(fetch.control.isAborted()).isFalse();
    time.advance(CERTAIN.minusMillis(1));
    assertThat(fetch.control.isAborted()).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(fetch.control.isAborted()).isTrue();
  }

  @Test
  void leaseCountsFromBeforeThePermitWasAskedFor() {
    Instant asked = time.instant();
    time.advance(Duration.ofSeconds(10));
    Fetch fetch = new Fetch(PERMIT, asked);
    time.advance(CERTAIN.minusSeconds(10).minusMillis(1));
    assertThat(fetch.control.isAborted()).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(fetch.control.isAborted()).isTrue();
  }

  @Test
  void fetchWhosePermitCameTooLateIsAbortedAtOnce() {
    Instant asked = time.instant();
    time.advance(LEASE);
    Fetch fetch = new Fetch(PERMIT, asked);
    time.settle();
    assertThat(fetch.control.isAborted()).isTrue();
  }

  @Test
  void lostPermitAbortsItsFetchOnly() {
    Fetch fetch = start(PERMIT);
    Fetch other = start(OTHER);
    throttle.lost.add(PERMIT);
    permits.renew(Instant.MIN);
    assertThat(fetch.control.isAborted()).isTrue();
    assertThat(other.control.isAborted()).isFalse();
  }

  @Test
  void throttleThatStaysAwayAbortsTheFetchBeforeItsLeaseEnds() {
    Fetch fetch = start(PERMIT);
    line.cut();
    for (int i = 0; i < 2; i++) {
      time.advance(LEASE.dividedBy(3));
      permits.renew(Instant.MIN);
    }
    assertThat(fetch.control.isAborted()).isFalse();
    time.advance(CERTAIN.minus(LEASE.dividedBy(3).multipliedBy(2)));
    assertThat(fetch.control.isAborted()).isTrue();
  }

  @Test
  void renewalsThatFailAreToldOnce() {
    start(PERMIT);
    line.cut();
    permits.renew(Instant.MIN);
    permits.renew(Instant.MIN);
    assertThat(log.warnings()).hasSize(1);
    line.mend();
    time.advance(Duration.ofSeconds(20));
    permits.renew(Instant.MIN);
    assertThat(log.infos()).hasSize(1);
  }

  @Test
  void fetchThatHangsIsNotRenewedAndEndsWithItsLease() {
    Fetch fetch = start(PERMIT);
    time.advance(Duration.ofSeconds(1));
    permits.renew(time.instant());
    assertThat(throttle.renewed).isEmpty();
    time.advance(CERTAIN);
    assertThat(fetch.control.isAborted()).isTrue();
  }

  @Test
  void nothingIsRenewedWhenNothingIsHeld() {
    start(PERMIT).answer.complete("objects");
    permits.renew(Instant.MIN);
    assertThat(throttle.renewed).isEmpty();
  }

  private Fetch start(Permit permit) {
    return new Fetch(permit, time.instant());
  }

  private final class Fetch {
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CompletableFuture<String> result;
    private FetchControl control;

    Fetch(Permit permit, Instant asked) {
      result =
          permits
              .hold(
                  permit,
                  asked,
                  given -> {
                    control = given;
                    return answer;
                  })
              .toCompletableFuture();
    }
  }

  /** Renews what a test lets it. */
  private static final class Throttle implements DomainThrottle {
    private final List<PermitUse> released = new ArrayList<>();
    private final List<ExchangeSign> signs = new ArrayList<>();
    private final List<PermitUse> renewed = new ArrayList<>();
    private final Set<Permit> lost = new HashSet<>();

    @Override
    public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
      throw new AssertionError("permits are asked for elsewhere");
    }

    @Override
    public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
      released.add(use);
      signs.add(sign);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Set<Permit>> renew(Collection<PermitUse> uses) {
      renewed.addAll(uses);
      return CompletableFuture.completedFuture(Set.copyOf(lost));
    }

    @Override
    public CompletionStage<Void> leaveAllBut(Claim waiter, Set<Domain> domains) {
      throw new AssertionError("lines are left elsewhere");
    }

    @Override
    public CompletionStage<DomainPage> domains(Optional<Domain> after, int most) {
      throw new AssertionError("nobody here wants to know");
    }

    @Override
    public void onTurn(Consumer<Claim> listener) {}
  }
}
