package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.nostr.PublicKey;

/** A step's view of the world through the real ports, for the length of one run. */
final class RunContext implements SyncContext {

  private static final Logger LOG = System.getLogger(RunContext.class.getName());

  private final Ports ports;
  private final Claim claim;
  private final UrlPolicy policy;
  private final RunFindings found = new RunFindings();
  private final RunNotes notes;
  private final AtomicReference<Work> asClaimed;

  private volatile boolean over;

  /** When the permit was asked for that the run may have: it asks for one at a time. */
  private volatile Instant permitAsked;

  RunContext(Ports ports, Claimed claimed, UrlPolicy policy) {
    this.ports = ports;
    this.claim = claimed.claim();
    this.policy = policy;
    this.asClaimed = new AtomicReference<>(claimed.work());
    this.notes = new RunNotes(ports.clock());
  }

  /** What the run has not told yet, now that it ends. */
  RunNote lastNote() {
    return notes.take(false);
  }

  /** Ends the run: a step of it that still goes on fetches nothing any more. */
  void end() {
    over = true;
  }

  @Override
  public CompletionStage<Outlook> look() {
    return survey()
        .thenApply(
            survey ->
                survey.work().pending().isEmpty()
                    ? Outlook.NOTHING_PENDING
                    : new Outlook(
                        true,
                        survey.plan().anythingReady(survey.missing()),
                        survey.missing().values().stream().anyMatch(oids -> !oids.isEmpty()),
                        survey.requests(policy)));
  }

  @Override
  public CompletionStage<PermitDecision> tryAcquire(Origin origin) {
    return ports
        .patience()
        .ask(
            () -> {
              permitAsked = ports.clock().instant();
              return ports.throttle().tryAcquire(origin, claim);
            });
  }

  @Override
  public void skipped(FetchRequest request, FetchResult.Failed why) {
    FetchReport.skipped(ports.metrics(), notes, request, why);
  }

  @Override
  public CompletionStage<Void> waitOnlyFor(Set<Domain> domains) {
    return ports.patience().ask(() -> ports.throttle().leaveAllBut(claim, domains));
  }

  /** The run need not wait until that is written down: nothing depends on it. */
  @Override
  public CompletionStage<Void> throttled() {
    RunNote note = notes.take(true);
    return Calls.started(() -> ports.store().note(claim, note))
        .handle(
            (held, failure) -> {
              if (failure == null) {
                notes.told(note);
              }
              return null;
            });
  }

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request, Permit permit) {
    // Out of the other domains' lines first: a place that is not used would hold up who stands
    // behind.
    return ports
        .permits()
        .hold(
            permit,
            permitAsked,
            control -> waitOnlyFor(Set.of()).thenCompose(left -> exchange(request, control)))
        .thenApply(
            result -> {
              if (result instanceof FetchResult.Fetched fetched) {
                found.came(request, fetched.oids());
              }
              return result;
            });
  }

  private CompletionStage<FetchResult> exchange(FetchRequest request, FetchControl control) {
    if (over) {
      // Another run may have the identifier by now, and what it needs may be here.
      return failedFuture(new LeaseLostException(claim));
    }
    FetchReport report = new FetchReport(ports.metrics(), notes, request);
    return ports
        .remote()
        .fetch(request, control)
        .whenComplete((result, broken) -> report.showed(control.sign()))
        .whenComplete(report::ended);
  }

  @Override
  public CompletionStage<Boolean> processSatisfied() {
    return survey().thenCompose(this::release);
  }

  /** Looks afresh if an event went meanwhile: what the others want may depend on it. */
  private CompletionStage<Boolean> release(Survey survey) {
    return new Releasing(ports, claim, survey, found, notes)
        .run()
        .thenCompose(
            end ->
                switch (end) {
                  case RUN_ENDED -> completedFuture(false);
                  case EVENTS_WAIT -> completedFuture(true);
                  case OUTDATED -> processSatisfied();
                });
  }

  private CompletionStage<Survey> survey() {
    return work()
        .thenCompose(
            work -> {
              // Not sooner: the question for the work takes along what the look before has shown.
              notes.looksAfresh();
              return ports
                  .repositories()
                  .hosted(claim.identifier(), WorkPlanner.owners(work))
                  .thenCompose(hosted -> survey(work, hosted));
            });
  }

  private CompletionStage<Survey> survey(Work work, Map<PublicKey, HostedRepository> hosted) {
    WorkPlan plan = WorkPlanner.plan(work, hosted);
    return missing(plan)
        .thenApply(
            missing -> {
              Survey survey = new Survey(work, hosted, plan, missing);
              notes.missing(survey.lacking());
              notes.problems(() -> survey.problems(policy, this::path));
              return survey;
            });
  }

  private String path(PublicKey owner) {
    return ports.repositories().path(claim.identifier(), owner);
  }

  /** The first look uses what came with the claim; each later one looks afresh. */
  private CompletionStage<Work> work() {
    Work first = asClaimed.getAndSet(null);
    return first != null
        ? completedFuture(first)
        : ports
            .patience()
            .ask(this::load)
            .thenApply(work -> work.orElseThrow(() -> new LeaseLostException(claim)));
  }

  private CompletionStage<Optional<Work>> load() {
    RunNote note = notes.take(false);
    return ports
        .store()
        .load(claim, note)
        .thenApply(
            work -> {
              notes.told(note);
              return work;
            });
  }

  private CompletionStage<Map<FamilyRepositories, Set<Oid>>> missing(WorkPlan plan) {
    CompletionStage<Map<FamilyRepositories, Set<Oid>>> all = completedFuture(new HashMap<>());
    List<FamilyRepositories> families = plan.sources().stream().map(FamilySources::family).toList();
    for (FamilyRepositories family : families) {
      all =
          all.thenCombine(
              missing(family, plan.oidsOf(family), found.justCame(family)),
              (map, oids) -> {
                map.put(family, oids);
                return map;
              });
    }
    return all;
  }

  private CompletionStage<Set<Oid>> missing(
      FamilyRepositories family, Set<Oid> oids, Set<Oid> justCame) {
    Set<Oid> sought = new HashSet<>(oids);
    sought.removeAll(justCame);
    return sought.isEmpty() && !justCame.isEmpty()
        ? completedFuture(Set.of())
        : missing(family, sought);
  }

  /** A family that cannot be looked at keeps only its own events waiting. */
  private CompletionStage<Set<Oid>> missing(FamilyRepositories family, Set<Oid> oids) {
    return ports
        .repositories()
        .missing(family, oids)
        .exceptionally(
            failure -> {
              LOG.log(Level.WARNING, "{0}: {1}", family.identifier(), Failures.message(failure));
              notes.problem("its repositories cannot be read: " + Failures.message(failure));
              return oids;
            });
  }
}
