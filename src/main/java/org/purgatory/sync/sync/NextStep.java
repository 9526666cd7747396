package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Decides what a run does next, and does it. Each step looks afresh, so that URLs and objects that
 * appeared meanwhile are used.
 */
final class NextStep {

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
    return new PermitSearch(context, tried, untried).run().thenCompose(this::use);
  }

  private CompletionStage<SyncStep> use(PermitSearch.Found found) {
    if (found instanceof PermitSearch.Found.Permitted permitted) {
      return fetch(permitted.request(), permitted.permit());
    }
    if (found instanceof PermitSearch.Found.Throttled throttled) {
      return context
          .waitOnlyFor(throttled.domains())
          .thenCompose(left -> context.throttled())
          .thenApply(told -> new SyncStep.AllUrlsThrottled(throttled.atLeast()));
    }
    return completedFuture(new SyncStep.NoMoreUrls());
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
