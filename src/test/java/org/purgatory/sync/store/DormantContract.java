package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

/** What becomes of announcements that wait too long: they expire softly. */
public interface DormantContract extends StoreFixture {

  /** An announcement of user 1 for the identifier {@code r}, made at a time. */
  default GitEvent announced(int time) {
    return announcement(time, user(1), "r", "https://x.example/" + time);
  }

  /** What is dormant, as a run that starts now for another event is told. */
  default List<GitEvent> dormant() {
    GitEvent other = event(900);
    Claim claim = claimed(other);
    List<GitEvent> dormant = dormantDuring(claim);
    cancel(other);
    complete(claim);
    return dormant;
  }

  @Test
  default void expiredAnnouncementHasItsResultAndCanStillBeRevived() {
    expire(announced(100));
    assertThat(onlyResult().outcome()).isEqualTo(SyncOutcome.EXPIRED);
    assertThat(onlyResult().released())
        .extracting(r -> r.reason())
        .containsExactly("waited 30 minutes");
    assertThat(queueSize()).isZero();
    assertThat(enqueue(NOW, announced(100)).get(0).state()).isEqualTo(State.EXPIRED);
    assertThat(dormant()).containsExactly(announced(100));
  }

  @Test
  default void onlyAnnouncementsAreKept() {
    expire(event(1));
    assertThat(dormant()).isEmpty();
  }

  @Test
  default void dormantAnnouncementIsReleasedWithASatisfiedEvent() {
    expire(announced(100));
    pass(Duration.ofMinutes(10));
    Claim claim = claimed(event(1));
    Published published = done(store().publish(claim, satisfying(announced(100), event(1))));
    assertThat(published.released()).containsExactlyInAnyOrder(announced(100).id(), id(1));
    assertThat(published.runEnded()).isTrue();
    SyncResult result = lastResult();
    assertThat(result.released())
        .extracting(r -> r.id())
        .containsExactly(announced(100).id(), id(1));
    assertThat(result.released().get(0).waited()).isEqualTo(Duration.ofMinutes(40));
    assertThat(result.released().get(0).kind()).isEqualTo(30617);
    assertThat(enqueue(NOW, announced(100)).get(0).state()).isEqualTo(State.SATISFIED);
    assertThat(dormant()).isEmpty();
    assertThat(load(claimed(event(2))).orElseThrow().known()).contains(announced(100));
  }

  @Test
  default void revivedAnnouncementIsNoLongerRememberedAsExpired() {
    expire(announced(100));
    done(store().publish(claimed(event(1)), satisfying(announced(100), event(1))));
    pass(Duration.ofHours(25));
    done(store().sweep());
    assertThat(enqueue(NOW, announced(100)).get(0).state()).isEqualTo(State.QUEUED);
  }

  @Test
  default void dormantAnnouncementIsReleasedOnlyOnce() {
    expire(announced(100));
    Claim claim = claimed(event(1), event(2));
    done(store().publish(claim, satisfying(announced(100), event(1))));
    assertThat(done(store().publish(claim, satisfying(announced(100), event(2)))).released())
        .containsExactly(id(2));
  }

  @Test
  default void dormantAnnouncementLeavesOnlySatisfied() {
    expire(announced(100));
    Claim claim = claimed(event(1));
    Release rejected =
        new Release(
            SyncOutcome.REJECTED,
            List.of(announced(100).id(), id(1)),
            List.of(),
            List.of(),
            Map.of());
    assertThat(done(store().publish(claim, rejected)).released()).containsExactly(id(1));
    assertThat(dormant()).containsExactly(announced(100));
  }

  @Test
  default void dormantAnnouncementOfAnotherIdentifierIsLeftAlone() {
    GitEvent elsewhere = announcement(100, user(1), "other", "https://x.example/r");
    expire(elsewhere);
    assertThat(done(store().publish(claimed(event(1)), satisfying(elsewhere, event(1)))).released())
        .containsExactly(id(1));
  }

  @Test
  default void newerAnnouncementThatWaitsReplacesADormantOne() {
    expire(announced(100));
    enqueue(NOW, announced(101));
    assertThat(dormantDuring(claim(1).claimed().get(0).claim())).isEmpty();
  }

  @Test
  default void olderAnnouncementThatWaitsNeverReplacesADormantOne() {
    expire(announced(100));
    enqueue(NOW, announced(99));
    assertThat(dormantDuring(claim(1).claimed().get(0).claim())).containsExactly(announced(100));
  }

  @Test
  default void newerOrSameAnnouncementThatTheRelayServesReplacesADormantOne() {
    expire(announced(100));
    know(announced(99));
    assertThat(dormant()).containsExactly(announced(100));
    know(announced(100));
    assertThat(dormant()).isEmpty();
    expire(announced(102));
    know(announced(103));
    assertThat(dormant()).isEmpty();
  }

  @Test
  default void newerOneThatExpiresReplacesADormantOneAndAnOlderOneDoesNot() {
    expire(announced(100));
    expire(announced(101));
    assertThat(dormant()).containsExactly(announced(101));
    expire(announced(99));
    assertThat(dormant()).containsExactly(announced(101));
  }

  @Test
  default void announcementThatIsOlderThanWhatTheRelayServesIsNotKept() {
    know(announced(101));
    expire(announced(100));
    assertThat(dormant()).isEmpty();
  }

  @Test
  default void announcementsOfOthersAreKeptBesideEachOther() {
    expire(announced(100));
    GitEvent others = announcement(50, user(2), "r", "https://x.example/r");
    expire(others);
    assertThat(dormant()).containsExactly(announced(100), others);
  }

  @Test
  default void readmittedAnnouncementWaitsAndIsNotDormant() {
    expire(announced(100));
    assertThat(readmit(announced(100)).get(0).state()).isEqualTo(State.QUEUED);
    Claim claim = claim(1).claimed().get(0).claim();
    assertThat(load(claim).orElseThrow().pending()).hasSize(1);
    assertThat(dormantDuring(claim)).isEmpty();
  }

  @Test
  default void dormantAnnouncementCanBeWithdrawn() {
    expire(announced(100));
    assertThat(cancel(announced(100))).containsExactly(announced(100).id());
    assertThat(cancel(announced(100))).isEmpty();
    assertThat(dormant()).isEmpty();
    assertThat(enqueue(NOW, announced(100)).get(0).state()).isEqualTo(State.EXPIRED);
  }

  @Test
  default void dormantAnnouncementThatIsBeingReleasedCannotBeWithdrawn() {
    expire(announced(100));
    Claim claim = claimed(event(1));
    assertThat(begin(claim, announced(100), event(1))).hasSize(2);
    assertThat(cancel(announced(100))).isEmpty();
    assertThat(done(store().publish(claim, satisfying(announced(100), event(1)))).released())
        .hasSize(2);
  }

  @Test
  default void dormantAnnouncementIsGoneAfterADayAndStaysRememberedAsExpired() {
    expire(announced(100));
    pass(Duration.ofHours(24).minusSeconds(1));
    done(store().sweep());
    assertThat(dormant()).containsExactly(announced(100));
    pass(Duration.ofSeconds(2));
    done(store().sweep());
    assertThat(dormant()).isEmpty();
    assertThat(enqueue(NOW, announced(100)).get(0).state()).isEqualTo(State.EXPIRED);
  }

  @Test
  default void onlySoManyAnnouncementsOfAnIdentifierAreKept() {
    for (int user = 1; user <= 12; user++) {
      expire(announcement(user, user(user), "r", "https://x.example/r"));
    }
    assertThat(dormant()).hasSize(SETTINGS.maxEventsPerIdentifier());
  }

  @Test
  default void identifiersWithDormantAnnouncementsMakeRoom() {
    expire(announced(100));
    for (int i = 1; i <= 20; i++) {
      know(announcement(i, user(1), "k" + i, "https://x.example/r"));
    }
    assertThat(cancel(announced(100))).isEmpty();
    assertThat(dormant()).isEmpty();
  }

  /** What is dormant, as a run in progress is told. */
  default List<GitEvent> dormantDuring(Claim claim) {
    return load(claim).orElseThrow().dormant();
  }

  default SyncResult lastResult() {
    List<StoredResult> all = allResults();
    return all.get(all.size() - 1).result();
  }
}
