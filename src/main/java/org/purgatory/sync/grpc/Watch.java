package org.purgatory.sync.grpc;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.SyncResult;
import org.purgatory.sync.v1.WatchSyncResultsRequest;

/**
 * A WatchSyncResults request that has been read.
 *
 * @param resumeFrom the place that the client has come to, if it said so
 * @param onlyNew whether to leave out what is retained already; not with a place
 * @param identifiers whose results to send; all if empty
 */
record Watch(
    Optional<ResultPosition> resumeFrom, boolean onlyNew, Set<RepositoryIdentifier> identifiers) {

  /** Copies the set. */
  Watch {
    identifiers = Set.copyOf(identifiers);
  }

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException if this version cannot do it, or with all that is wrong with it
   */
  static Watch read(WatchSyncResultsRequest request) {
    if (!request.getConsumer().isEmpty()) {
      throw new RefusedException(
          new Refusal.NotYet(
              "consumer: acknowledged consumers come with AckSyncResults, which is not here yet;"
                  + " resume with a resume_token"));
    }
    Violations violations = new Violations();
    Optional<ResultPosition> place = Optional.empty();
    String token = request.getResumeToken();
    if (!token.isEmpty()) {
      place = ResultPosition.parse(token);
      if (place.isEmpty()) {
        violations.add("resume_token", "not a resume token that a response of this service held");
      }
      if (request.getOnlyNew()) {
        violations.add("only_new", "must not be set together with resume_token");
      }
    }
    Set<RepositoryIdentifier> identifiers = identifiers(request.getIdentifiersList(), violations);
    violations.refuseIfAny();
    return new Watch(place, request.getOnlyNew(), identifiers);
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

  /** Whether the stream begins with the oldest result that is retained. */
  boolean fromOldest() {
    return resumeFrom.isEmpty() && !onlyNew;
  }

  /** Whether the client asked for a result. */
  boolean wants(SyncResult result) {
    return identifiers.isEmpty() || identifiers.contains(result.identifier());
  }
}
