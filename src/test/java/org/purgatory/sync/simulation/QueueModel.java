package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.SyncOutcome;

/**
 * DESIGN's queue semantics once more, as plainly as can be: one thing after the other, nothing
 * indexed, times in microseconds. What a store answers is held against it.
 */
final class QueueModel {

  /** A result that must come next in the log. */
  record Expected(
      RepositoryIdentifier identifier,
      SyncOutcome outcome,
      List<GitEvent> events,
      List<Long> waited,
      int attempts,
      long at) {}

  private final Schedule schedule;
  private final long lease = Schedule.micros(Terms.LEASE);
  private final long expiry;
  private final Map<RepositoryIdentifier, QueuedIdentifier> identifiers = new TreeMap<>();
  private final Set<EventId> satisfied = new LinkedHashSet<>();
  private final Set<EventId> expired = new LinkedHashSet<>();
  private final List<Expected> results = new ArrayList<>();

  QueueModel(Schedule schedule, Terms terms) {
    this.schedule = schedule;
    this.expiry = Schedule.micros(terms.expiry());
  }

  QueuedIdentifier of(RepositoryIdentifier identifier) {
    return identifiers.computeIfAbsent(identifier, QueuedIdentifier::new);
  }

  Stream<QueuedIdentifier> all() {
    return identifiers.values().stream();
  }

  /** All results that there must be by now. */
  List<Expected> results() {
    return results;
  }

  boolean isSatisfied(EventId id) {
    return satisfied.contains(id);
  }

  List<State> enqueue(Enqueue request) {
    request.known().forEach(event -> of(event.identifier()).learn(event));
    List<State> states = new ArrayList<>();
    for (GitEvent event : request.pending()) {
      State state = state(event, request.readmit());
      if (state == State.QUEUED) {
        expired.remove(event.id());
        of(event.identifier()).arrived(event, schedule.now(), request.delay());
      }
      states.add(state);
    }
    return states;
  }

  private State state(GitEvent event, boolean readmit) {
    if (of(event.identifier()).pending.containsKey(event.id())) {
      return State.ALREADY_PENDING;
    } else if (satisfied.contains(event.id())) {
      return State.SATISFIED;
    }
    return expired.contains(event.id()) && !readmit ? State.EXPIRED : State.QUEUED;
  }

  int trigger(RepositoryIdentifier identifier, Duration delay) {
    QueuedIdentifier queued = of(identifier);
    if (!queued.pending.isEmpty()) {
      queued.news(schedule.now(), delay);
    }
    return queued.pending.size();
  }

  /** Whoever is due, the longest due first. */
  List<QueuedIdentifier> due() {
    return all()
        .filter(one -> one.isInQueue() && one.claimableAt() <= schedule.now())
        .sorted(
            Comparator.comparingLong(QueuedIdentifier::claimableAt)
                .thenComparing(one -> one.identifier))
        .toList();
  }

  void claimed(QueuedIdentifier one, long token) {
    one.claimed(token, schedule.now() + lease);
  }

  boolean holds(Claim claim) {
    QueuedIdentifier one = of(claim.identifier());
    return one.running && one.token == claim.fencingToken() && one.leaseUntil > schedule.now();
  }

  /** Renews a claim, if it still holds. */
  boolean renew(Claim claim) {
    boolean holds = holds(claim);
    if (holds) {
      of(claim.identifier()).leaseUntil = schedule.now() + lease;
    }
    return holds;
  }

  /** Which of some events the run may apply now; null if the claim was lost. */
  Set<EventId> begin(Claim claim, List<EventId> events) {
    if (!renew(claim)) {
      return null;
    }
    QueuedIdentifier one = of(claim.identifier());
    Set<EventId> waiting = new TreeSet<>(one.pending.keySet());
    one.dormant.values().forEach(dormant -> waiting.add(dormant.event().id()));
    waiting.retainAll(events);
    one.begun.addAll(waiting);
    return waiting;
  }

  /** Withdraws events, and says which of them waited or were dormant. */
  List<EventId> cancel(Collection<EventId> events) {
    List<EventId> cancelled = new ArrayList<>();
    for (EventId id : events) {
      all().filter(one -> withdraw(one, id)).findFirst().ifPresent(one -> cancelled.add(id));
    }
    return cancelled;
  }

  private boolean withdraw(QueuedIdentifier one, EventId id) {
    if (one.isBeingApplied(id, schedule.now())) {
      return false;
    }
    boolean waited = one.pending.remove(id) != null;
    if (waited && one.pending.isEmpty() && !one.running) {
      one.leaveQueue();
    }
    return waited || one.dormant.values().removeIf(dormant -> dormant.event().id().equals(id));
  }

  /** Which events of a release leave now; null if the claim was lost. */
  List<EventId> publish(Claim claim, Release release) {
    if (!holds(claim)) {
      return null;
    }
    QueuedIdentifier one = of(claim.identifier());
    boolean satisfied = release.outcome() == SyncOutcome.SATISFIED;
    List<EventId> leaving =
        release.events().stream()
            .filter(id -> one.pending.containsKey(id) || satisfied && one.isDormant(id))
            .toList();
    if (!leaving.isEmpty()) {
      leave(one, release.outcome(), leaving, one.attempts + 1);
    }
    if (one.pending.isEmpty()) {
      one.leaveQueue();
    }
    return leaving;
  }

  /** Ends a run, if it still holds its claim. */
  boolean complete(Claim claim) {
    boolean holds = holds(claim);
    if (holds) {
      of(claim.identifier()).completed(schedule.now());
    }
    return holds;
  }

  /** Lets those go that have waited too long, the oldest identifier first. */
  int sweep() {
    long tooOld = schedule.now() - expiry;
    int count = 0;
    List<QueuedIdentifier> oldestFirst =
        all()
            .filter(one -> one.oldest() <= tooOld)
            .sorted(
                Comparator.comparingLong(QueuedIdentifier::oldest)
                    .thenComparing(one -> one.identifier))
            .toList();
    for (QueuedIdentifier one : oldestFirst) {
      List<EventId> leaving =
          new LinkedHashMap<>(one.pending)
              .values().stream()
                  .filter(waiting -> waiting.since() <= tooOld)
                  .map(waiting -> waiting.event().id())
                  .filter(id -> !one.isBeingApplied(id, schedule.now()))
                  .toList();
      if (leaving.isEmpty()) {
        continue;
      }
      leave(one, SyncOutcome.EXPIRED, leaving, one.attempts);
      count += leaving.size();
      if (one.pending.isEmpty() && !one.running) {
        one.leaveQueue();
      }
    }
    return count;
  }

  private void leave(
      QueuedIdentifier one, SyncOutcome outcome, List<EventId> leaving, int attempts) {
    List<GitEvent> events = new ArrayList<>();
    List<Long> waited = new ArrayList<>();
    for (EventId id : leaving) {
      QueuedIdentifier.Waiting waiting = one.take(id);
      events.add(waiting.event());
      waited.add(schedule.now() - waiting.since());
      switch (outcome) {
        case SATISFIED -> {
          satisfied.add(id);
          expired.remove(id);
          one.learn(waiting.event());
        }
        case EXPIRED -> {
          expired.add(id);
          if (waiting.event() instanceof Announcement) {
            one.sleep(waiting);
          }
        }
        default -> {}
      }
    }
    results.add(new Expected(one.identifier, outcome, events, waited, attempts, schedule.now()));
  }
}
