package org.purgatory.sync.grpc;

import java.util.Optional;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.StatusPage;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.v1.ListSyncsRequest;
import org.purgatory.sync.v1.ListSyncsResponse;
import org.purgatory.sync.v1.SyncPhase;

/**
 * A ListSyncs request that has been read.
 *
 * @param query which page
 */
record ListCall(StatusQuery query) {

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  static ListCall read(ListSyncsRequest request) {
    Violations violations = new Violations();
    Optional<Integer> size =
        violations.read("page_size", () -> PageSize.read(request.getPageSize()));
    Optional<Optional<RepositoryIdentifier>> after =
        violations.read(
            "page_token", () -> PageToken.read(request.getPageToken(), RepositoryIdentifier::new));
    Optional<Optional<org.purgatory.sync.sync.SyncPhase>> phase =
        violations.read("phase", () -> phase(request.getPhase()));
    violations.refuseIfAny();
    return new ListCall(
        new StatusQuery(after.orElseThrow(), size.orElseThrow(), phase.orElseThrow()));
  }

  private static Optional<org.purgatory.sync.sync.SyncPhase> phase(SyncPhase requested) {
    return switch (requested) {
      case SYNC_PHASE_UNSPECIFIED -> Optional.empty();
      case SYNC_PHASE_WAITING -> Optional.of(org.purgatory.sync.sync.SyncPhase.WAITING);
      case SYNC_PHASE_RUNNING -> Optional.of(org.purgatory.sync.sync.SyncPhase.RUNNING);
      case SYNC_PHASE_THROTTLED -> Optional.of(org.purgatory.sync.sync.SyncPhase.THROTTLED);
      case UNRECOGNIZED -> throw new InvalidValueException("not a phase of this service");
    };
  }

  /**
   * The answer.
   *
   * @param page what the engine said
   * @return the page
   */
  static ListSyncsResponse response(StatusPage page) {
    return ListSyncsResponse.newBuilder()
        .addAllSyncs(page.statuses().stream().map(StatusMessages::status).toList())
        .setNextPageToken(PageToken.write(page.next().map(RepositoryIdentifier::value)))
        .setTotalSize(page.total())
        .build();
  }
}
