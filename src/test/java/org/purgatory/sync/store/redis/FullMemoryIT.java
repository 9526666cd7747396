package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.store.redis.Subject.done;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.SyncPhase;
import org.purgatory.sync.sync.SyncStatus;
import org.purgatory.sync.sync.Usage;

/** A queue in a Redis whose memory is full. */
@ParameterizedClass
@MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
class FullMemoryIT extends StageForOneStore {

  @Test
  void fullMemoryRefusesWhatWouldFillIt() {
    enqueue(event(1, "r"));
    stage.call("CONFIG", "SET", "maxmemory", "1");
    Enqueue more = new Enqueue(List.of(event(2, "r")), List.of(), Duration.ZERO, false);
    EnqueueOutcome.Full full = (EnqueueOutcome.Full) done(store.enqueue(more));
    assertThat(full.bound()).isEqualTo(EnqueueOutcome.Bound.MEMORY);
    assertThat(full.reason()).contains("maxmemory");
    assertThat(full.retryAfter()).isPositive();
    checkInvariants();
    assertThat(RedisState.read(stage).pending).hasSize(1);
  }

  /** A queue that could not be emptied would never have memory again. */
  @Test
  void fullMemoryDoesNotStopTheWork() {
    enqueue(event(1, "a"), event(2, "b"), event(3, "c"), event(4, "c"));
    stage.call("CONFIG", "SET", "maxmemory", "1");
    List<Claimed> claimed = done(store.claimDue(2)).claimed();
    assertThat(done(store.renew(List.of(claimed.get(0).claim())))).isEmpty();
    assertThat(done(store.trigger(event(3, "c").identifier(), Duration.ZERO)).pendingEvents())
        .isEqualTo(2);
    Release first = satisfying(event(1, "a").id());
    assertThat(done(store.publish(claimed.get(0).claim(), first)).runEnded()).isTrue();
    assertThat(done(store.complete(claimed.get(1).claim(), RunNote.NOTHING))).isPresent();
    assertThat(done(log.acknowledge("relay", done(log.bounds()).newest()))).isEmpty();
    stage.call("CONFIG", "SET", "maxmemory", "0");
    stage.pass(Duration.ofMinutes(30));
    stage.call("CONFIG", "SET", "maxmemory", "1");
    assertThat(done(store.sweep())).isEqualTo(3);
    assertThat(done(store.usage())).isEqualTo(new Usage(0, 3));
    checkInvariants();
  }

  /** A status that tells less is better than a run that cannot go on. */
  @Test
  void fullMemoryLeavesNotesOutAndStopsNoRun() {
    enqueue(event(1, "a"), event(2, "a"));
    Claim claim = done(store.claimDue(1)).claimed().get(0).claim();
    RunNote note =
        new RunNote(
            Optional.of(new RunNote.Seen(List.of(oid(1)), List.of("full"))), List.of(), true);
    stage.call("CONFIG", "SET", "maxmemory", "1");
    assertThat(done(store.load(claim, note))).isPresent();
    assertThat(done(store.note(claim, note))).isTrue();
    SyncStatus status = done(store.status(claim.identifier())).orElseThrow();
    assertThat(status.phase()).isEqualTo(SyncPhase.THROTTLED);
    assertThat(status.seen().problems()).isEmpty();
    assertThat(done(store.begin(claim, List.of(event(1, "a").id()))).orElseThrow().events())
        .hasSize(1);
    assertThat(done(store.cancel(List.of(event(1, "a").id(), event(2, "a").id()))).keySet())
        .containsExactly(event(2, "a").id());
    assertThat(done(store.complete(claim, note))).isPresent();
    checkInvariants();
  }
}
