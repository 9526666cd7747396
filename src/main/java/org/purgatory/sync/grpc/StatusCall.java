package org.purgatory.sync.grpc;

import java.util.Optional;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.SyncStatus;
import org.purgatory.sync.v1.GetSyncStatusRequest;
import org.purgatory.sync.v1.GetSyncStatusResponse;

/**
 * A GetSyncStatus request that has been read.
 *
 * @param identifier which identifier to tell about
 */
record StatusCall(RepositoryIdentifier identifier) {

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  static StatusCall read(GetSyncStatusRequest request) {
    Violations violations = new Violations();
    Optional<RepositoryIdentifier> identifier =
        violations.read("identifier", () -> new RepositoryIdentifier(request.getIdentifier()));
    violations.refuseIfAny();
    return new StatusCall(identifier.orElseThrow());
  }

  /**
   * The answer.
   *
   * @param status what the engine said
   * @return the status
   * @throws RefusedException if the identifier is not in the queue
   */
  GetSyncStatusResponse response(Optional<SyncStatus> status) {
    return status
        .map(StatusMessages::status)
        .map(message -> GetSyncStatusResponse.newBuilder().setStatus(message).build())
        .orElseThrow(() -> new RefusedException(new Refusal.NotQueued(identifier)));
  }
}
