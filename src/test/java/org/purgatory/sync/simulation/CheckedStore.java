package org.purgatory.sync.simulation;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Begun;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StatusPage;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.SyncStatus;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.TriggerOutcome;
import org.purgatory.sync.sync.Usage;
import org.purgatory.sync.sync.Work;

/**
 * Holds every answer of a store against the {@link QueueModel}, and every result that it stores.
 * The answer has to be there when the call returns.
 */
final class CheckedStore implements SyncStore {

  private final SyncStore store;
  private final QueueModel model;
  private final World world;
  private final Runnable afterEach;
  private long lastToken;

  CheckedStore(SyncStore store, QueueModel model, World world, Runnable afterEach) {
    this.store = store;
    this.model = model;
    this.world = world;
    this.afterEach = afterEach;
  }

  @Override
  public CompletionStage<EnqueueOutcome> enqueue(Enqueue request) {
    CompletionStage<EnqueueOutcome> answer = store.enqueue(request);
    EnqueueOutcome outcome = now(answer);
    List<EventStatus.State> expected = model.enqueue(request);
    List<EventStatus.State> states =
        outcome instanceof EnqueueOutcome.Accepted accepted
            ? accepted.events().stream().map(EventStatus::state).toList()
            : List.of();
    same("the states of " + Action.names(request.pending()), expected, states);
    if (outcome instanceof EnqueueOutcome.Accepted accepted) {
      accepted.events().forEach(this::checkDue);
    }
    afterEach.run();
    return answer;
  }

  private void checkDue(EventStatus status) {
    status
        .nextAttempt()
        .ifPresent(
            at ->
                same(
                    status.identifier() + " is due",
                    model.of(status.identifier()).dueNext(),
                    Schedule.micros(at)));
  }

  @Override
  public CompletionStage<TriggerOutcome> trigger(RepositoryIdentifier identifier, Duration delay) {
    CompletionStage<TriggerOutcome> answer = store.trigger(identifier, delay);
    TriggerOutcome outcome = now(answer);
    int waiting = model.trigger(identifier, delay);
    same("waiting for " + identifier, waiting, outcome.pendingEvents());
    if (waiting > 0) {
      long due = model.of(identifier).dueNext();
      same(identifier + " is due", due, outcome.nextAttempt().map(Schedule::micros).orElse(-1L));
    }
    afterEach.run();
    return answer;
  }

  @Override
  public CompletionStage<Claims> claimDue(int most) {
    List<QueuedIdentifier> due = model.due().stream().limit(most).toList();
    CompletionStage<Claims> answer = store.claimDue(most);
    Claims claims = now(answer);
    same("claims", names(due), claims.claimed().stream().map(c -> c.claim().identifier()).toList());
    for (Claimed claimed : claims.claimed()) {
      Claim claim = claimed.claim();
      if (claim.fencingToken() <= lastToken) {
        world.trace.violated("a fencing token that is not larger than all before: " + claim);
      }
      lastToken = claim.fencingToken();
      model.claimed(model.of(claim.identifier()), claim.fencingToken());
      checkWork(claim.identifier(), claimed.work());
    }
    long next =
        model
            .all()
            .filter(QueuedIdentifier::isInQueue)
            .mapToLong(QueuedIdentifier::claimableAt)
            .min()
            .orElse(-1);
    long wait = next < 0 ? -1 : Math.max(0, next - world.schedule.now());
    same("until the next claim", wait, claims.untilNext().map(Schedule::micros).orElse(-1L));
    afterEach.run();
    return answer;
  }

  private static List<RepositoryIdentifier> names(List<QueuedIdentifier> some) {
    return some.stream().map(one -> one.identifier).toList();
  }

  private void checkWork(RepositoryIdentifier identifier, Work work) {
    QueuedIdentifier expected = model.of(identifier);
    same(
        "pending of " + identifier,
        List.copyOf(expected.pending.keySet()),
        work.pending().stream().map(PendingEvent::id).toList());
    same(
        "known of " + identifier,
        ids(expected.known.values().stream().map(event -> event.id()).toList()),
        ids(work.known().stream().map(event -> event.id()).toList()));
    same(
        "dormant of " + identifier,
        ids(expected.dormant.values().stream().map(dormant -> dormant.event().id()).toList()),
        ids(work.dormant().stream().map(event -> event.id()).toList()));
  }

  private static Set<EventId> ids(Collection<EventId> ids) {
    return new TreeSet<>(ids);
  }

  @Override
  public CompletionStage<Set<Claim>> renew(Collection<Claim> claims) {
    CompletionStage<Set<Claim>> answer = store.renew(claims);
    Set<Claim> lost =
        claims.stream().filter(claim -> !model.renew(claim)).collect(Collectors.toSet());
    same("lost claims", lost, new HashSet<>(now(answer)));
    afterEach.run();
    return answer;
  }

  @Override
  public CompletionStage<Optional<Work>> load(Claim claim, RunNote note) {
    CompletionStage<Optional<Work>> answer = store.load(claim, note);
    Optional<Work> work = now(answer);
    same(claim + " holds", model.holds(claim), work.isPresent());
    if (work.isPresent()) {
      model.of(claim.identifier()).seen();
      checkWork(claim.identifier(), work.get());
    }
    return answer;
  }

  @Override
  public CompletionStage<Boolean> note(Claim claim, RunNote note) {
    CompletionStage<Boolean> answer = store.note(claim, note);
    same(claim + " holds", model.holds(claim), now(answer));
    return answer;
  }

  @Override
  public CompletionStage<Optional<Begun>> begin(Claim claim, List<EventId> events) {
    CompletionStage<Optional<Begun>> answer = store.begin(claim, events);
    Optional<Set<EventId>> expected = Optional.ofNullable(model.begin(claim, events));
    same("begun by " + Words.of(claim), expected, now(answer).map(begun -> ids(begun.events())));
    afterEach.run();
    return answer;
  }

  @Override
  public CompletionStage<Map<EventId, RepositoryIdentifier>> cancel(Collection<EventId> events) {
    CompletionStage<Map<EventId, RepositoryIdentifier>> answer = store.cancel(events);
    same("cancelled", model.cancel(events), List.copyOf(now(answer).keySet()));
    afterEach.run();
    return answer;
  }

  @Override
  public CompletionStage<Optional<SyncStatus>> status(RepositoryIdentifier identifier) {
    return store.status(identifier);
  }

  @Override
  public CompletionStage<StatusPage> list(StatusQuery query) {
    return store.list(query);
  }

  @Override
  public CompletionStage<Published> publish(Claim claim, Release release) {
    CompletionStage<Published> answer = store.publish(claim, release);
    List<EventId> released = model.publish(claim, release);
    Published expected =
        released == null
            ? Published.LOST
            : new Published(Set.copyOf(released), model.of(claim.identifier()).pending.isEmpty());
    same("published by " + claim, expected, now(answer));
    world.results.check();
    afterEach.run();
    return answer;
  }

  @Override
  public CompletionStage<Optional<NextRun>> complete(Claim claim, RunNote note) {
    CompletionStage<Optional<NextRun>> answer = store.complete(claim, note);
    boolean held = model.complete(claim);
    QueuedIdentifier one = model.of(claim.identifier());
    Optional<NextRun> expected =
        held && one.isInQueue()
            ? Optional.of(
                new NextRun(
                    Duration.of(Math.max(0, one.due - world.schedule.now()), ChronoUnit.MICROS),
                    one.attempts))
            : Optional.empty();
    same("the next run after " + claim, expected, now(answer));
    afterEach.run();
    return answer;
  }

  @Override
  public CompletionStage<Integer> sweep() {
    CompletionStage<Integer> answer = store.sweep();
    same("expired", model.sweep(), now(answer));
    world.results.check();
    afterEach.run();
    return answer;
  }

  @Override
  public CompletionStage<Usage> usage() {
    CompletionStage<Usage> answer = store.usage();
    int queued = (int) model.all().filter(QueuedIdentifier::isInQueue).count();
    same("usage", new Usage(queued, model.results().size()), now(answer));
    return answer;
  }

  private static <T> T now(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }

  private void same(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      world.trace.violated(
          "%s should be %s but is %s".formatted(what, Words.of(expected), Words.of(actual)));
    }
  }
}
