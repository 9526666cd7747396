package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;

/**
 * Releases the events of one survey whose objects are here: refs first, the result afterwards, so
 * that a released event is always true. A repository that fails keeps only its own events waiting.
 *
 * <p>Before anything touches a repository the store is asked which of the events still wait. Those
 * can no longer be withdrawn, nor expire, so that nothing is moved for an event that was.
 */
final class Releasing {

  /** What a release came to. */
  enum End {
    /** Events still wait, or their wait ended unnoticed. */
    EVENTS_WAIT,
    /** No event waits any more, and the run has ended. */
    RUN_ENDED,
    /** Events went since the survey, and nothing was applied: it is time for another look. */
    OUTDATED
  }

  private static final Logger LOG = System.getLogger(Releasing.class.getName());

  private final Ports ports;
  private final Claim claim;
  private final Survey survey;
  private final RunFindings found;
  private final Set<GitEvent> complete;
  private final Set<GitEvent> servable;
  private final Set<GitEvent> failed;
  private final RunNotes notes;
  private Instant heldUntil = Instant.MIN;

  Releasing(Ports ports, Claim claim, Survey survey, RunFindings found, RunNotes notes) {
    this.ports = ports;
    this.claim = claim;
    this.survey = survey;
    this.found = found;
    this.notes = notes;
    this.complete = survey.plan().complete(survey.missing());
    this.servable = survey.plan().servable(survey.missing());
    this.failed = new HashSet<>(survey.plan().blocked());
  }

  /** Does it all. */
  CompletionStage<End> run() {
    return publish(SyncOutcome.REJECTED, superseded())
        .thenCompose(more -> more ? begin() : completedFuture(End.RUN_ENDED));
  }

  private List<GitEvent> superseded() {
    return survey.plan().superseded().stream().map(Superseded::event).toList();
  }

  private CompletionStage<End> begin() {
    Set<GitEvent> applied = new LinkedHashSet<>(complete);
    applied.addAll(satisfied());
    if (applied.isEmpty() || complete.isEmpty() && servable.isEmpty()) {
      // Nothing is moved, or only for states that are served already.
      return applyAll();
    }
    List<EventId> events = applied.stream().map(GitEvent::id).toList();
    Instant asked = ports.clock().instant();
    return ports
        .patience()
        .ask(() -> ports.store().begin(claim, events))
        .thenCompose(
            answer -> {
              Begun begun = answer.orElseThrow(() -> new LeaseLostException(claim));
              heldUntil = asked.plus(begun.heldFor().dividedBy(2));
              return begun.events().containsAll(events)
                  ? applyAll()
                  : completedFuture(End.OUTDATED);
            });
  }

  private CompletionStage<End> applyAll() {
    CompletionStage<Void> done = completedFuture(null);
    for (RepositoryPlan repository : survey.plan().repositories()) {
      done = done.thenCompose(before -> apply(repository));
    }
    return done.thenCompose(applied -> settle(satisfied()))
        .thenCompose(satisfied -> publish(SyncOutcome.SATISFIED, satisfied))
        .thenApply(more -> more ? End.EVENTS_WAIT : End.RUN_ENDED);
  }

  /** Before the result, as long as no other run can need what was fetched. */
  private CompletionStage<List<GitEvent>> settle(List<GitEvent> satisfied) {
    Set<EventId> left =
        survey.work().pending().stream()
            .map(pending -> pending.event().id())
            .collect(Collectors.toSet());
    satisfied.forEach(event -> left.remove(event.id()));
    superseded().forEach(event -> left.remove(event.id()));
    CompletionStage<List<GitEvent>> settled = completedFuture(satisfied);
    if (left.isEmpty()) {
      for (FamilySources sources : survey.plan().sources()) {
        settled = settled.thenCombine(settle(sources.family()), (events, done) -> events);
      }
    }
    return settled;
  }

  /** What cannot be tidied up now is tidied up when it has become old. */
  private CompletionStage<Void> settle(FamilyRepositories family) {
    return ports
        .repositories()
        .settled(family)
        .exceptionally(
            failure -> {
              LOG.log(Level.DEBUG, "{0}: {1}", claim.identifier(), Failures.message(failure));
              return null;
            });
  }

  private CompletionStage<Void> apply(RepositoryPlan repository) {
    WantedRefs wanted =
        repository.wanted(event -> complete.contains(event) || servable.contains(event));
    if (wanted.isEmpty()) {
      return completedFuture(null);
    }
    return ports
        .repositories()
        .apply(repository.family(), repository.owner(), wanted, this::holds)
        .handle(
            (change, failure) -> {
              if (failure != null) {
                keepWaiting(repository, Failures.cause(failure));
              } else {
                found.changed(change);
              }
              return null;
            });
  }

  private void keepWaiting(RepositoryPlan repository, Throwable failure) {
    Predicate<GitEvent> waits = event -> true;
    if (failure instanceof RepositoryException partly) {
      partly.soFar().ifPresent(found::changed);
      waits = event -> partly.refused().isEmpty() || partly.refused().contains(event.id());
    }
    repository.all().filter(waits).forEach(failed::add);
    notes.problem(
        "the repository of " + repository.owner().npub() + ": " + Failures.message(failure));
    LOG.log(
        Level.WARNING,
        "{0} of {1}: {2}",
        claim.identifier(),
        repository.owner(),
        Failures.message(failure));
  }

  /**
   * Announcements first: a relay that serves in this order never shows a state without its
   * repository.
   */
  private List<GitEvent> satisfied() {
    Set<GitEvent> done = new HashSet<>(complete);
    done.addAll(servable);
    done.removeAll(failed);
    List<GitEvent> satisfied = new ArrayList<>();
    for (WorkPlan.HostedAnnouncement hosted : survey.plan().announcements()) {
      if (hosted.ready() || isAmong(done, hosted.announcement().author())) {
        satisfied.add(hosted.announcement());
      }
    }
    satisfied.addAll(survey.plan().free());
    complete.stream()
        .filter(done::contains)
        .sorted(GitEvent.REPLACEMENT_ORDER)
        .forEach(satisfied::add);
    return satisfied;
  }

  /** Whether some of what was done concerns an owner's repository. */
  private boolean isAmong(Set<GitEvent> done, PublicKey owner) {
    return survey.plan().repositories().stream()
        .filter(repository -> repository.owner().equals(owner))
        .flatMap(RepositoryPlan::all)
        .anyMatch(done::contains);
  }

  private CompletionStage<Boolean> publish(SyncOutcome outcome, Collection<GitEvent> events) {
    if (events.isEmpty()) {
      return completedFuture(true);
    }
    List<EventId> ids = events.stream().map(GitEvent::id).toList();
    boolean satisfied = outcome == SyncOutcome.SATISFIED;
    List<RepositoryChange> changes = satisfied ? found.untold() : List.of();
    Release release =
        new Release(
            outcome,
            ids,
            changes,
            satisfied ? found.sourcesOf(oids(events)) : List.of(),
            satisfied ? Map.of() : reasons());
    return ports
        .patience()
        .ask(() -> ports.store().publish(claim, release))
        .thenApply(
            published -> {
              if (published.runEnded() && published.released().isEmpty()) {
                throw new LeaseLostException(claim);
              }
              if (!published.released().isEmpty()) {
                found.told(changes);
              }
              report(outcome, events, published.released());
              return !published.runEnded();
            });
  }

  private Map<EventId, String> reasons() {
    Map<EventId, String> reasons = new HashMap<>();
    survey.plan().superseded().forEach(one -> reasons.put(one.event().id(), one.reason()));
    return reasons;
  }

  private static Set<Oid> oids(Collection<GitEvent> events) {
    return events.stream().flatMap(event -> event.oids().stream()).collect(Collectors.toSet());
  }

  /**
   * Whether the run still holds its identifier, and for a while to come. What the store said when
   * it was asked what may be applied counts for half a lease.
   */
  private CompletionStage<Boolean> holds() {
    if (ports.clock().instant().isBefore(heldUntil)) {
      return completedFuture(true);
    }
    return ports.patience().ask(() -> ports.store().renew(Set.of(claim))).thenApply(Set::isEmpty);
  }

  private void report(SyncOutcome outcome, Collection<GitEvent> events, Set<EventId> released) {
    for (GitEvent event : events) {
      if (released.contains(event.id())) {
        LOG.log(
            Level.INFO,
            "{0}: {1} {2} {3}",
            claim.identifier(),
            outcome.name().toLowerCase(Locale.ROOT),
            event.id(),
            event.oids());
      }
    }
  }
}
