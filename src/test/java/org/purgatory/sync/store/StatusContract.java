package org.purgatory.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Attempt;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StatusPage;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.SyncPhase;
import org.purgatory.sync.sync.SyncStatus;

/** What a store tells of the identifiers in its queue. */
public interface StatusContract extends StoreFixture {

  /** A note of what is missing, of problems and of one fetch. */
  default RunNote saw(int oid, String problem) {
    RunNote.Seen seen = new RunNote.Seen(List.of(oid(oid)), List.of(problem));
    return new RunNote(Optional.of(seen), List.of(fetch(oid, Duration.ofMillis(1500))), false);
  }

  default RunNote.Ended fetch(int number, Duration ago) {
    CloneUrl url = CloneUrl.parse("https://a.example/" + number);
    return new RunNote.Ended(new Attempt(url, "not_found", "404 \"é\"", 0), ago);
  }

  default SyncStatus status() {
    return done(store().status(repo("r"))).orElseThrow();
  }

  default StatusPage list(String after, int most, SyncPhase phase) {
    Optional<RepositoryIdentifier> behind =
        Optional.ofNullable(after).map(RepositoryIdentifier::new);
    return done(store().list(new StatusQuery(behind, most, Optional.ofNullable(phase))));
  }

  default List<String> names(StatusPage page) {
    return page.statuses().stream().map(status -> status.identifier().value()).toList();
  }

  @Test
  default void identifierThatIsNotQueuedHasNoStatus() {
    assertThat(done(store().status(repo("r")))).isEmpty();
    publish(claimed(event(1)), 1);
    assertThat(done(store().status(repo("r")))).isEmpty();
  }

  @Test
  default void statusTellsWhatWaitsAndUntilWhen() {
    var first = enqueue(Duration.ofMinutes(3), event(1)).get(0).nextAttempt();
    pass(Duration.ofMinutes(1));
    enqueue(Duration.ofMinutes(3), event(2));
    SyncStatus status = status();
    assertThat(status.phase()).isEqualTo(SyncPhase.WAITING);
    assertThat(status.attemptCount()).isZero();
    assertThat(status.nextAttempt()).isEqualTo(first);
    assertThat(status.pending()).containsExactly(id(1), id(2));
    assertThat(status.expiresAt()).isEqualTo(first.map(due -> due.plus(Duration.ofMinutes(27))));
    assertThat(status.seen()).isEqualTo(new RunNote.Seen(List.of(), List.of()));
    assertThat(status.lastAttempts()).isEmpty();
  }

  @Test
  default void statusOfARunTellsWhenTheNextOneIsDueOnlyIfThatIsKnown() {
    Claim claim = claimed(event(1));
    assertThat(status().phase()).isEqualTo(SyncPhase.RUNNING);
    assertThat(status().nextAttempt()).isEmpty();
    enqueue(SOON, event(2));
    assertThat(status().nextAttempt()).isPresent();
    complete(claim);
    assertThat(status().phase()).isEqualTo(SyncPhase.WAITING);
  }

  @Test
  default void runThatWaitsForAPermitIsThrottledUntilItLooksAgain() {
    Claim claim = claimed(event(1));
    RunNote parked = new RunNote(Optional.empty(), List.of(), true);
    assertThat(done(store().note(claim, parked))).isTrue();
    assertThat(status().phase()).isEqualTo(SyncPhase.THROTTLED);
    load(claim);
    assertThat(status().phase()).isEqualTo(SyncPhase.RUNNING);
    done(store().note(claim, parked));
    complete(claim);
    assertThat(status().phase()).isEqualTo(SyncPhase.WAITING);
  }

  @Test
  default void takeOverIsNotThrottledAndKeepsWhatWasNoted() {
    Claim slow = claimed(event(1));
    done(store().note(slow, new RunNote(saw(1, "p").seen(), saw(1, "p").ended(), true)));
    pass(Duration.ofSeconds(60));
    claim(1);
    assertThat(status().phase()).isEqualTo(SyncPhase.RUNNING);
    assertThat(status().lastAttempts()).hasSize(1);
  }

  @Test
  default void notesSurviveTheRun() {
    Claim claim = claimed(event(1));
    var due = status().expiresAt().orElseThrow().minus(SETTINGS.expiry());
    pass(Duration.ofSeconds(10));
    done(store().load(claim, saw(1, "a problem: \"é\"")));
    done(store().complete(claim, RunNote.NOTHING));
    SyncStatus status = status();
    assertThat(status.attemptCount()).isEqualTo(1);
    assertThat(status.seen())
        .isEqualTo(new RunNote.Seen(List.of(oid(1)), List.of("a problem: \"é\"")));
    assertThat(status.lastAttempts())
        .containsExactly(
            new SyncStatus.Tried(fetch(1, NOW).attempt(), due.plus(Duration.ofMillis(8500))));
  }

  @Test
  default void whatWasSeenLastReplacesWhatWasSeenBefore() {
    Claim claim = claimed(event(1));
    done(store().load(claim, saw(1, "one")));
    done(store().complete(claim, saw(2, "two")));
    assertThat(status().seen()).isEqualTo(new RunNote.Seen(List.of(oid(2)), List.of("two")));
    assertThat(status().lastAttempts())
        .extracting(tried -> tried.attempt().url().value())
        .containsExactly("https://a.example/2", "https://a.example/1");
  }

  @Test
  default void onlyTheLastTwentyFetchesAreRemembered() {
    Claim claim = claimed(event(1));
    for (int from = 1; from <= 30; from += 15) {
      List<RunNote.Ended> ended =
          IntStream.range(from, from + 15).mapToObj(i -> fetch(i, NOW)).toList();
      done(store().note(claim, new RunNote(Optional.empty(), ended, false)));
    }
    assertThat(status().lastAttempts())
        .extracting(tried -> tried.attempt().url().value())
        .hasSize(RunNote.MOST_ATTEMPTS)
        .startsWith("https://a.example/30", "https://a.example/29")
        .endsWith("https://a.example/11");
  }

  @Test
  default void onlyAThousandMissingObjectsAreTold() {
    Claim claim = claimed(event(1));
    List<Oid> missing = IntStream.rangeClosed(1, 1500).mapToObj(i -> oid(i)).toList();
    RunNote.Seen seen = new RunNote.Seen(missing, List.of());
    done(store().note(claim, new RunNote(Optional.of(seen), List.of(), false)));
    assertThat(status().seen().missing()).isEqualTo(missing.subList(0, 1000));
  }

  @Test
  default void claimThatWasLostNotesNothing() {
    Claim slow = claimed(event(1));
    pass(Duration.ofSeconds(60));
    Claim fresh = claim(1).claimed().get(0).claim();
    assertThat(done(store().note(slow, saw(1, "stale")))).isFalse();
    assertThat(done(store().load(slow, saw(1, "stale")))).isEmpty();
    assertThat(done(store().complete(slow, saw(1, "stale")))).isEmpty();
    assertThat(status().lastAttempts()).isEmpty();
    assertThat(done(store().note(fresh, saw(1, "fresh")))).isTrue();
    assertThat(status().seen().problems()).containsExactly("fresh");
  }

  @Test
  default void notesAreGoneWhenTheIdentifierLeavesTheQueue() {
    Claim claim = claimed(event(1));
    done(store().note(claim, saw(1, "old")));
    publish(claim, 1);
    enqueue(NOW, event(2));
    assertThat(status().seen().problems()).isEmpty();
    assertThat(status().lastAttempts()).isEmpty();
    cancel(event(2));
    assertThat(done(store().status(repo("r")))).isEmpty();
  }

  @Test
  default void listWalksTheQueuePageByPage() {
    for (int i = 1; i <= 7; i++) {
      enqueue(Duration.ofMinutes(i), state(i, user(1), "r" + i, oid(1)));
    }
    List<String> seen = new ArrayList<>();
    StatusPage page = list(null, 3, null);
    seen.addAll(names(page));
    assertThat(page.total()).isEqualTo(7);
    assertThat(page.next()).contains(repo("r3"));
    page = list("r3", 3, null);
    seen.addAll(names(page));
    page = list(page.next().orElseThrow().value(), 3, null);
    seen.addAll(names(page));
    assertThat(page.next()).isEmpty();
    assertThat(seen).containsExactly("r1", "r2", "r3", "r4", "r5", "r6", "r7");
  }

  @Test
  default void pageGoesOnThoughTheIdentifierItsTokenNamesHasLeft() {
    GitEvent[] events =
        IntStream.rangeClosed(1, 4)
            .mapToObj(i -> state(i, user(1), "r" + i, oid(1)))
            .toArray(GitEvent[]::new);
    enqueue(SOON, events);
    assertThat(list(null, 2, null).next()).contains(repo("r2"));
    cancel(events[1]);
    enqueue(SOON, state(9, user(1), "r20", oid(1)));
    assertThat(names(list("r2", 9, null))).containsExactly("r20", "r3", "r4");
  }

  @Test
  default void fullLastPageHasNoNextOne() {
    enqueue(SOON, event(1));
    assertThat(list(null, 1, null).next()).isEmpty();
    assertThat(names(list("r", 1, null))).isEmpty();
    assertThat(list(null, 9, SyncPhase.RUNNING).statuses()).isEmpty();
  }

  @Test
  default void listTellsOnlyThoseInAPhase() {
    enqueue(NOW, state(1, user(1), "runs", oid(1)));
    enqueue(NOW, state(2, user(1), "is throttled", oid(1)));
    claim(2).claimed().stream()
        .map(claimed -> claimed.claim())
        .filter(claim -> claim.identifier().equals(repo("is throttled")))
        .forEach(
            claim -> done(store().note(claim, new RunNote(Optional.empty(), List.of(), true))));
    enqueue(SOON, state(3, user(1), "waits", oid(1)));
    assertThat(names(list(null, 9, SyncPhase.RUNNING))).containsExactly("runs");
    assertThat(names(list(null, 9, SyncPhase.THROTTLED))).containsExactly("is throttled");
    assertThat(names(list(null, 9, SyncPhase.WAITING))).containsExactly("waits");
    assertThat(list(null, 9, SyncPhase.WAITING).total()).as("in whatever phase").isEqualTo(3);
    assertThat(names(list(null, 9, null))).containsExactly("is throttled", "runs", "waits");
  }

  @Test
  default void everyIdentifierIsListedOnceWhateverItsName() {
    List<String> odd = List.of("a", "a b", "a:b", "ab", "é", "my 🚀 repo", "\uffee", "-", "[x");
    for (int i = 0; i < odd.size(); i++) {
      enqueue(SOON, state(i + 1, user(1), odd.get(i), oid(1)));
    }
    List<String> seen = new ArrayList<>();
    Optional<RepositoryIdentifier> next = Optional.empty();
    do {
      StatusPage page = list(next.map(RepositoryIdentifier::value).orElse(null), 1, null);
      seen.addAll(names(page));
      next = page.next();
    } while (next.isPresent());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(odd);
  }
}
