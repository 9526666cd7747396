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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncResult;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.TriggerOutcome;
import org.purgatory.sync.sync.Work;
import org.purgatory.sync.testkit.SampleReleases;
import org.purgatory.sync.testkit.SampleSettings;

/** A store under test, empty at first, whose time a test holds in its hands. */
public interface StoreFixture {

  /** The rules under which the contract is tested. */
  QueueSettings SETTINGS = SampleSettings.queue(20, 10, 50);

  Duration SOON = Duration.ofMillis(500);
  Duration NOW = Duration.ZERO;

  /** The store under test, its invariants checked. */
  SyncStore store();

  /** Its results. */
  ResultLog results();

  /** Lets the store's time pass. */
  void pass(Duration time);

  /** A state of its own author for the identifier {@code r}. */
  default GitEvent event(int number) {
    return state(number, user(number), "r", oid(1));
  }

  default EventId id(int number) {
    return event(number).id();
  }

  default List<EventStatus> enqueue(Duration delay, GitEvent... events) {
    return accepted(new Enqueue(List.of(events), List.of(), delay, false));
  }

  default List<EventStatus> readmit(GitEvent... events) {
    return accepted(new Enqueue(List.of(events), List.of(), NOW, true));
  }

  /** Lets the store know what the relay serves. */
  default void know(GitEvent... events) {
    accepted(new Enqueue(List.of(), List.of(events), NOW, false));
  }

  default List<EventStatus> accepted(Enqueue request) {
    return ((EnqueueOutcome.Accepted) done(store().enqueue(request))).events();
  }

  default EnqueueOutcome.Full refused(GitEvent... events) {
    Enqueue request = new Enqueue(List.of(events), List.of(), NOW, false);
    return (EnqueueOutcome.Full) done(store().enqueue(request));
  }

  default TriggerOutcome trigger(String identifier, Duration delay) {
    return done(store().trigger(repo(identifier), delay));
  }

  default Claims claim(int most) {
    return done(store().claimDue(most));
  }

  /** Claims the only identifier that is due. */
  default Claim claimed(GitEvent... events) {
    enqueue(NOW, events);
    List<Claimed> claims = claim(1).claimed();
    assertThat(claims).hasSize(1);
    return claims.get(0).claim();
  }

  default Optional<Work> load(Claim claim) {
    return done(store().load(claim, RunNote.NOTHING));
  }

  default Optional<NextRun> complete(Claim claim) {
    return done(store().complete(claim, RunNote.NOTHING));
  }

  /** What may be applied of some events. */
  default Set<EventId> begin(Claim claim, GitEvent... events) {
    List<EventId> ids = Stream.of(events).map(GitEvent::id).toList();
    return done(store().begin(claim, ids)).orElseThrow().events();
  }

  default List<EventId> cancel(GitEvent... events) {
    List<EventId> ids = Stream.of(events).map(GitEvent::id).toList();
    return new ArrayList<>(done(store().cancel(ids)).keySet());
  }

  default Set<EventId> publish(Claim claim, int event) {
    return done(store().publish(claim, release(event))).released();
  }

  default Release release(int event) {
    return satisfying(event(event));
  }

  default Release satisfying(GitEvent... events) {
    List<EventId> ids = Stream.of(events).map(GitEvent::id).toList();
    return SampleReleases.satisfying(ids);
  }

  /** Lets an event expire that comes in now, with all that waits. */
  default void expire(GitEvent event) {
    enqueue(SOON, event);
    pass(Duration.ofMinutes(30));
    done(store().sweep());
  }

  /** Lets so much time pass that every lease would be over, and keeps one. */
  default void keepFor(Claim claim, Duration time) {
    for (Duration left = time; !left.isNegative(); left = left.minusSeconds(45)) {
      pass(Duration.ofSeconds(45));
      done(store().renew(Set.of(claim)));
    }
  }

  default int queueSize() {
    return done(store().usage()).identifiers();
  }

  default List<StoredResult> page(ResultPosition after, int most) {
    return ((ResultLog.Page) done(results().read(after, most))).results();
  }

  default List<StoredResult> allResults() {
    return page(done(results().bounds()).oldest(), 1000);
  }

  default SyncResult onlyResult() {
    assertThat(allResults()).hasSize(1);
    return allResults().get(0).result();
  }

  default <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
