package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EventStatus.State;

/** How much the queue takes. */
public interface BoundsContract extends StoreFixture {

  @Test
  default void eventsThatNeedNotBeStoredDoNotFillTheQueue() {
    Claim claim = claimed(event(1));
    publish(claim, 1);
    GitEvent[] ten = IntStream.rangeClosed(1, 11).mapToObj(i -> event(i)).toArray(GitEvent[]::new);
    assertThat(enqueue(NOW, ten)).hasSize(11);
  }

  @Test
  default void refusesARequestWholeThatCrossesTheBoundOfIdentifiers() {
    GitEvent[] many =
        IntStream.rangeClosed(1, 21)
            .mapToObj(i -> state(i, user(1), "r" + i, oid(1)))
            .toArray(GitEvent[]::new);
    assertThat(refused(many).reason()).contains("purgatory.limits.identifiers", "20");
    assertThat(queueSize()).isZero();
    assertThat(enqueue(NOW, Arrays.copyOf(many, 20))).hasSize(20);
  }

  @Test
  default void refusesARequestWholeThatCrossesTheBoundOfEventsOfAnIdentifier() {
    enqueue(NOW, event(1));
    GitEvent[] ten = IntStream.rangeClosed(2, 11).mapToObj(i -> event(i)).toArray(GitEvent[]::new);
    EnqueueOutcome.Full full = refused(ten);
    assertThat(full.reason()).contains("purgatory.limits.events-per-identifier", "10");
    assertThat(full.retryAfter()).isPositive();
    assertThat(trigger("r", NOW).pendingEvents()).isEqualTo(1);
  }

  @Test
  default void identifiersThatOnlyLingerMakeRoom() {
    for (int i = 1; i <= 30; i++) {
      GitEvent known = announcement(i, user(1), "k" + i, "https://x.example/r");
      done(store().enqueue(new Enqueue(List.of(), List.of(known), NOW, false)));
    }
    assertThat(enqueue(NOW, event(99)).get(0).state()).isEqualTo(State.QUEUED);
  }
}
