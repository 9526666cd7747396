package org.purgatory.sync.grpc;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.SyncResult;
import org.purgatory.sync.v1.WatchSyncResultsRequest;

/**
 * A WatchSyncResults request that has been read.
 *
 * @param start where the stream begins
 * @param identifiers whose results to send; all if empty
 */
record Watch(Start start, Set<RepositoryIdentifier> identifiers) {

  /** Copies the set. */
  Watch {
    identifiers = Set.copyOf(identifiers);
  }

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  static Watch read(WatchSyncResultsRequest request) {
    Violations violations = new Violations();
    Optional<Start> start = start(request, violations);
    Set<RepositoryIdentifier> identifiers = identifiers(request.getIdentifiersList(), violations);
    violations.refuseIfAny();
    return new Watch(start.orElseThrow(), identifiers);
  }

  private static Optional<Start> start(WatchSyncResultsRequest request, Violations violations) {
    Optional<Start> start =
        Optional.of(request.getOnlyNew() ? new Start.OnlyNew() : new Start.Oldest());
    if (!request.getConsumer().isEmpty()) {
      start =
          violations.read(
              "consumer", () -> new Start.Acknowledged(ConsumerName.read(request.getConsumer())));
      if (request.getOnlyNew()) {
        violations.add(
            "only_new",
            "must not be set together with consumer: acknowledgements are cumulative, so that the"
                + " first one would cover the results that were left out");
      }
    }
    if (!request.getResumeToken().isEmpty()) {
      start =
          violations.read(
              "resume_token", () -> new Start.Behind(ResumeToken.read(request.getResumeToken())));
      if (request.getOnlyNew()) {
        violations.add("only_new", "must not be set together with resume_token");
      }
    }
    return start;
  }

  private static Set<RepositoryIdentifier> identifiers(List<String> texts, Violations violations) {
    Set<RepositoryIdentifier> identifiers = new HashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      violations
          .read("identifiers[" + i + "]", () -> new RepositoryIdentifier(text))
          .ifPresent(identifiers::add);
    }
    return identifiers;
  }

  /** Whether the client asked for a result. */
  boolean wants(SyncResult result) {
    return identifiers.isEmpty() || identifiers.contains(result.identifier());
  }
}
