package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;

/**
 * One look for a permit: asks for each domain in turn until one grants it. URLs whose server is not
 * tried now are done with for this run, as if they had failed; others of their domain are not.
 */
final class PermitSearch {

  /** Events may name hosts without end; a run need not stand in line for them all. */
  private static final int MOST_LINES = 100;

  private static final Duration NOT_KNOWN_YET = Duration.ofDays(1);

  /** What there was to find. */
  sealed interface Found {

    /** A request that may be made now. */
    record Permitted(FetchRequest request, Permit permit) implements Found {}

    /** Domains that are at their limits, and how long that will last at the least. */
    record Throttled(Set<Domain> domains, Duration atLeast) implements Found {}

    /** No server is left to be asked. */
    record Nothing() implements Found {}
  }

  private final SyncContext context;
  private final TriedUrls tried;

  /**
   * The requests of each domain that was not asked yet, the domain asked now first; of each the
   * servers that were not passed over. A look-up by server, as events may name ports without end.
   */
  private final Queue<Map<Origin, List<FetchRequest>>> rest;

  private final Set<Domain> lines = new HashSet<>();
  private Duration shortestWait = NOT_KNOWN_YET;

  PermitSearch(SyncContext context, TriedUrls tried, List<FetchRequest> untried) {
    this.context = context;
    this.tried = tried;
    Map<Domain, Map<Origin, List<FetchRequest>>> byDomain = new LinkedHashMap<>();
    untried.forEach(
        request ->
            byDomain
                .computeIfAbsent(request.url().domain(), domain -> new LinkedHashMap<>())
                .computeIfAbsent(request.url().origin(), origin -> new ArrayList<>())
                .add(request));
    this.rest = new ArrayDeque<>(byDomain.values());
  }

  CompletionStage<Found> run() {
    return Calls.untilPresent(this::ask);
  }

  private CompletionStage<Optional<Found>> ask() {
    if (rest.isEmpty() || lines.size() == MOST_LINES) {
      return completedFuture(
          Optional.of(
              lines.isEmpty() ? new Found.Nothing() : new Found.Throttled(lines, shortestWait)));
    }
    Origin origin = rest.element().keySet().iterator().next();
    return context.tryAcquire(origin).thenApply(decision -> answered(origin, decision));
  }

  private Optional<Found> answered(Origin origin, PermitDecision decision) {
    if (decision instanceof PermitDecision.Granted granted) {
      FetchRequest first = rest.element().get(origin).get(0);
      return Optional.of(new Found.Permitted(first, granted.permit()));
    }
    if (decision instanceof PermitDecision.Blocked blocked) {
      skip(origin, blocked);
      return Optional.empty();
    }
    Duration wait = ((PermitDecision.Wait) decision).atLeast();
    shortestWait = wait.compareTo(shortestWait) < 0 ? wait : shortestWait;
    lines.add(origin.domain());
    rest.remove();
    return Optional.empty();
  }

  private void skip(Origin origin, PermitDecision.Blocked why) {
    FetchResult.Failed result = new FetchResult.Failed(FetchFailure.CIRCUIT_OPEN, detail(why));
    Map<Origin, List<FetchRequest>> ofDomain = rest.element();
    for (FetchRequest request : ofDomain.remove(origin)) {
      tried.record(request, result);
      context.skipped(request, result);
    }
    if (ofDomain.isEmpty()) {
      rest.remove();
    }
  }

  private static String detail(PermitDecision.Blocked why) {
    String when =
        why.atLeast().isZero()
            ? "another fetch tries it now"
            : "not tried for another " + (why.atLeast().toSeconds() + 1) + " s";
    return "failed lately (" + why.cause().label() + "), " + when;
  }
}
