package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.Domain;

/**
 * Decides what a run does next, and does it. Each step looks afresh, so that URLs and objects that
 * appeared meanwhile are used.
 */
final class NextStep {

  /** Events may name hosts without end; a run need not stand in line for them all. */
  private static final int MOST_DOMAINS = 100;

  private static final Duration NOT_KNOWN_YET = Duration.ofDays(1);

  private final SyncContext context;
  private final TriedUrls tried;

  NextStep(SyncContext context, TriedUrls tried) {
    this.context = context;
    this.tried = tried;
  }

  /** Takes one step: at most one fetch exchange. */
  CompletionStage<SyncStep> take() {
    return context.look().thenCompose(this::decide);
  }

  private CompletionStage<SyncStep> decide(Outlook outlook) {
    if (!outlook.anythingPending()) {
      return completedFuture(new SyncStep.NoPendingEvents());
    }
    if (!outlook.anythingNeeded()) {
      return context.processSatisfied().thenApply(NextStep::nothingMissing);
    }
    return outlook.anythingReady()
        ? context
            .processSatisfied()
            .thenCompose(more -> more ? hunt(outlook) : completedFuture(new SyncStep.Complete()))
        : hunt(outlook);
  }

  private CompletionStage<SyncStep> hunt(Outlook outlook) {
    List<FetchRequest> untried = tried.untried(outlook.requests());
    if (untried.isEmpty()) {
      return completedFuture(new SyncStep.NoMoreUrls());
    }
    List<Domain> domains =
        untried.stream().map(r -> r.url().domain()).distinct().limit(MOST_DOMAINS).toList();
    return firstWithCapacity(domains, untried, NOT_KNOWN_YET)
        .thenCompose(
            step ->
                step instanceof SyncStep.AllUrlsThrottled
                    ? context
                        .waitOnlyFor(Set.copyOf(domains))
                        .thenCompose(left -> context.throttled())
                        .thenApply(told -> step)
                    : completedFuture(step));
  }

  private CompletionStage<SyncStep> firstWithCapacity(
      List<Domain> domains, List<FetchRequest> untried, Duration shortestWait) {
    if (domains.isEmpty()) {
      return completedFuture(new SyncStep.AllUrlsThrottled(shortestWait));
    }
    Domain domain = domains.get(0);
    return context
        .tryAcquire(domain)
        .thenCompose(
            decision -> {
              if (decision instanceof PermitDecision.Granted granted) {
                return fetch(firstOf(domain, untried), granted.permit());
              }
              Duration wait = ((PermitDecision.Wait) decision).atLeast();
              return firstWithCapacity(
                  domains.subList(1, domains.size()),
                  untried,
                  wait.compareTo(shortestWait) < 0 ? wait : shortestWait);
            });
  }

  private static FetchRequest firstOf(Domain domain, List<FetchRequest> untried) {
    return untried.stream().filter(r -> r.url().domain().equals(domain)).findFirst().orElseThrow();
  }

  private CompletionStage<SyncStep> fetch(FetchRequest request, Permit permit) {
    return context
        .fetch(request, permit)
        .thenCompose(
            result -> {
              tried.record(request, result);
              int brought =
                  result instanceof FetchResult.Fetched fetched ? fetched.oids().size() : 0;
              SyncStep step = new SyncStep.TriedUrl(request.url(), brought);
              return brought == 0
                  ? completedFuture(step)
                  : context
                      .processSatisfied()
                      .thenApply(more -> more ? step : new SyncStep.Complete());
            });
  }

  /** What still waits though nothing is missing, no server can help. */
  private static SyncStep nothingMissing(boolean more) {
    return more ? new SyncStep.NoMoreUrls() : new SyncStep.Complete();
  }
}
