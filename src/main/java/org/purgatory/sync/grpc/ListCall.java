package org.purgatory.sync.grpc;

import java.util.Optional;
import org.purgatory.sync.nostr.InvalidValueException;
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

  private static final int DEFAULT_SIZE = 50;
  private static final int MOST = 1000;

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  static ListCall read(ListSyncsRequest request) {
    Violations violations = new Violations();
    Optional<Integer> size = violations.read("page_size", () -> size(request.getPageSize()));
    Optional<PageToken> token =
        violations.read("page_token", () -> PageToken.read(request.getPageToken()));
    Optional<Optional<org.purgatory.sync.sync.SyncPhase>> phase =
        violations.read("phase", () -> phase(request.getPhase()));
    violations.refuseIfAny();
    return new ListCall(
        new StatusQuery(token.orElseThrow().after(), size.orElseThrow(), phase.orElseThrow()));
  }

  private static int size(int requested) {
    if (requested < 0) {
      throw new InvalidValueException("must not be negative");
    }
    return requested == 0 ? DEFAULT_SIZE : Math.min(requested, MOST);
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
        .setNextPageToken(new PageToken(page.next()).write())
        .setTotalSize(page.total())
        .build();
  }
}
