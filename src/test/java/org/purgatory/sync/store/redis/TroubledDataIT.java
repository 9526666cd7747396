package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.store.redis.Subject.done;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.user;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.SyncStatus;
import org.purgatory.sync.sync.Usage;
import org.purgatory.sync.sync.Work;

/** What only Redis meets: lost and damaged data, and very much at once. */
@ParameterizedClass
@MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
class TroubledDataIT extends StageForOneStore {

  private final CapturedLog storeLog = new CapturedLog(LossAlarm.class);
  private final CapturedLog eventLog = new CapturedLog(StoredWork.class);

  @AfterEach
  void end() {
    storeLog.close();
    eventLog.close();
  }

  @Test
  void notesThatCannotBeReadLeaveTheStatusReadable() {
    enqueue(event(1, "a"));
    Claim claim = done(store.claimDue(1)).claimed().get(0).claim();
    stage.call("HSET", "purgatory:{g}:notes", "a", "[[\"nonsense\"],[]]\nx [[]]\n5 [[\"a\"\n\n");
    SyncStatus status = done(store.status(claim.identifier())).orElseThrow();
    assertThat(status.seen().missing()).isEmpty();
    assertThat(status.lastAttempts()).isEmpty();
    assertThat(status.pending()).hasSize(1);
    assertThat(done(store.note(claim, RunNote.NOTHING))).isTrue();
  }

  @Test
  void sweepEndsThoughMoreIsBeingAppliedThanFitsIntoOneScript() {
    enqueue(
        IntStream.rangeClosed(1, 450).mapToObj(i -> event(i, "r" + i)).toArray(GitEvent[]::new));
    stage.pass(Duration.ofMinutes(30).minusSeconds(1));
    for (Claimed one : done(store.claimDue(450)).claimed()) {
      done(store.begin(one.claim(), List.of(one.work().pending().get(0).id())));
    }
    stage.pass(Duration.ofSeconds(1));
    assertThat(done(store.sweep())).isZero();
    checkInvariants();
    stage.pass(SETTINGS.lease());
    assertThat(done(store.sweep())).isEqualTo(450);
    checkInvariants();
  }

  @Test
  void otherErrorsOfRedisAreFailures() {
    stage.call("SET", "purgatory:{g}:due", "not a sorted set");
    assertThatThrownBy(() -> enqueue(event(1, "r")))
        .hasCauseInstanceOf(RedisRefusedException.class)
        .hasMessageContaining("WRONGTYPE");
  }

  @Test
  void saysThatTheDatabaseWasEmptied() {
    enqueue(event(1, "r"));
    Claim lost = done(store.claimDue(1)).claimed().get(0).claim();
    done(store.sweep());
    assertThat(storeLog.warnings()).isEmpty();
    stage.pass(Duration.ofSeconds(1));
    stage.empty();
    done(store.sweep());
    done(store.sweep());
    assertThat(storeLog.warnings()).hasSize(1);
    assertThat(storeLog.warnings().get(0)).contains("purgatory:{g}:*", "lost", "hand in again");
    assertThat(done(store.load(lost, RunNote.NOTHING))).isEmpty();
    enqueue(event(1, "r"));
    Claim fresh = done(store.claimDue(1)).claimed().get(0).claim();
    assertThat(fresh.fencingToken())
        .as("a token never comes again")
        .isGreaterThan(lost.fencingToken());
  }

  @Test
  void eventThatCannotBeReadHoldsUpNoOther() {
    GitEvent bad = event(1, "r");
    GitEvent good = event(2, "r");
    GitEvent known = announcement(3, user(1), "r", "https://a.example/r");
    GitEvent badKnown = announcement(4, user(2), "r", "https://a.example/r");
    done(
        store.enqueue(
            new Enqueue(List.of(bad, good), List.of(known, badKnown), Duration.ZERO, false)));
    stage.call("HSET", "purgatory:{g}:events", bad.id().hex(), "{\"id\":");
    stage.call("HSET", "purgatory:{g}:known", "r\0" + "30617 " + user(2), "nonsense");
    Claimed claimed = done(store.claimDue(1)).claimed().get(0);
    assertThat(claimed.work().pending()).extracting(PendingEvent::event).containsExactly(good);
    assertThat(claimed.work().known()).containsExactly(known);
    assertThat(eventLog.warnings()).hasSize(2);
    assertThat(eventLog.warnings().get(0)).contains("purgatory:{g}:events", bad.id().hex());
    assertThat(eventLog.warnings().get(1)).contains("purgatory:{g}:known", user(2).hex());
    Release release = satisfying(good.id());
    assertThat(done(store.publish(claimed.claim(), release)).runEnded()).isFalse();
    assertThat(done(store.complete(claimed.claim(), RunNote.NOTHING)))
        .contains(new NextRun(Duration.ofSeconds(20), 1));
    stage.pass(Duration.ofMinutes(30));
    assertThat(done(store.sweep())).as("it ends as every event does").isEqualTo(1);
    assertThat(done(store.usage()).identifiers()).isZero();
  }

  @Test
  void eventThatStandsInThePlaceOfAnotherIsLeftOut() {
    enqueue(event(1, "r"), event(2, "r"));
    Object second = stage.call("HGET", "purgatory:{g}:events", event(2, "r").id().hex());
    stage.call("HSET", "purgatory:{g}:events", event(1, "r").id().hex(), (String) second);
    Work work = done(store.claimDue(1)).claimed().get(0).work();
    assertThat(work.pending()).extracting(PendingEvent::id).containsExactly(event(2, "r").id());
    assertThat(eventLog.warnings()).hasSize(1);
  }

  @Test
  void sweepsMoreThanFitsIntoOneScript() {
    enqueue(
        IntStream.rangeClosed(1, 450).mapToObj(i -> event(i, "r" + i)).toArray(GitEvent[]::new));
    enqueue(IntStream.rangeClosed(501, 3000).mapToObj(i -> event(i, "m")).toArray(GitEvent[]::new));
    stage.pass(Duration.ofMinutes(30));
    assertThat(done(store.sweep())).isEqualTo(450 + 2500);
    assertThat(done(store.usage())).isEqualTo(new Usage(0, 100));
    checkInvariants();
    stage.pass(Duration.ofDays(8));
    done(store.sweep());
    RedisState after = RedisState.read(stage);
    assertThat(after.idle).isEmpty();
    assertThat(after.expired).isEmpty();
    assertThat(after.results).isEmpty();
    // Redis keeps a stream that is empty.
    assertThat(after.keys)
        .containsExactly("purgatory:{g}:meta", "purgatory:{g}:results", "test:clock");
  }

  @Test
  void claimsMoreThanFitsIntoOneAnswer() {
    int count = 250;
    String much = "https://a.example/" + "x".repeat(2000);
    for (int i = 1; i <= count; i++) {
      GitEvent pending = event(i, "r" + i);
      List<GitEvent> known = new ArrayList<>();
      for (int author = 1; author <= 20; author++) {
        known.add(announcement(author, user(author), "r" + i, much));
      }
      done(store.enqueue(new Enqueue(List.of(pending), known, Duration.ZERO, false)));
    }
    Claims some = done(store.claimDue(count - 10));
    assertThat(some.claimed()).hasSize(count - 10);
    assertThat(some.claimed()).allMatch(one -> one.work().known().size() == 20);
    assertThat(some.untilNext()).contains(Duration.ZERO);
    Claims rest = done(store.claimDue(count));
    assertThat(rest.claimed()).hasSize(10);
    assertThat(rest.untilNext()).contains(SETTINGS.lease());
  }

  @Test
  void renewsMoreThanFitsIntoOneScript() {
    GitEvent[] many =
        IntStream.rangeClosed(1, 1100).mapToObj(i -> event(i, "r" + i)).toArray(GitEvent[]::new);
    enqueue(many);
    List<Claim> claims = new ArrayList<>();
    done(store.claimDue(many.length)).claimed().forEach(one -> claims.add(one.claim()));
    assertThat(claims).hasSize(many.length).doesNotHaveDuplicates();
    Claim lost = new Claim(claims.get(700).identifier(), 1);
    claims.set(700, lost);
    stage.pass(Duration.ofSeconds(59));
    assertThat(done(store.renew(claims))).isEqualTo(Set.of(lost));
    stage.pass(Duration.ofSeconds(2));
    assertThat(done(store.claimDue(2000)).claimed())
        .extracting(one -> one.claim().identifier())
        .containsExactly(lost.identifier());
  }

  @Test
  void anyIdentifierMayQueue() {
    List<String> names = List.of("my 🚀 repo", "%d %s [x] {g}:due", "a\"b", "-", "a", "a b", "é:ü");
    for (String name : names) {
      enqueue(event(names.indexOf(name) + 1, name), event(names.indexOf(name) + 51, name));
    }
    for (Claimed claimed : done(store.claimDue(100)).claimed()) {
      Work work = claimed.work();
      assertThat(work.pending()).hasSize(2);
      assertThat(work.pending().get(0).event().identifier())
          .isEqualTo(claimed.claim().identifier());
      Release one = satisfying(work.pending().get(1).id());
      assertThat(done(store.publish(claimed.claim(), one)).released()).hasSize(1);
      assertThat(done(store.load(claimed.claim(), RunNote.NOTHING)).orElseThrow().known())
          .hasSize(1);
    }
    assertThat(done(store.usage()).identifiers()).isEqualTo(names.size());
    checkInvariants();
  }
}
