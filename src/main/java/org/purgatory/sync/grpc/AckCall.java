package org.purgatory.sync.grpc;

import java.util.Optional;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.v1.AckSyncResultsRequest;
import org.purgatory.sync.v1.AckSyncResultsResponse;

/**
 * An AckSyncResults request that has been read.
 *
 * @param consumer who has come so far
 * @param place how far
 */
record AckCall(String consumer, ResultPosition place) {

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  static AckCall read(AckSyncResultsRequest request) {
    Violations violations = new Violations();
    Optional<String> consumer =
        violations.read("consumer", () -> ConsumerName.read(request.getConsumer()));
    Optional<ResultPosition> place =
        violations.read("resume_token", () -> ResumeToken.read(request.getResumeToken()));
    violations.refuseIfAny();
    return new AckCall(consumer.orElseThrow(), place.orElseThrow());
  }

  /**
   * The answer.
   *
   * @param ahead what the log said against it
   * @return that it is remembered
   * @throws RefusedException if there is no such place yet
   */
  AckSyncResultsResponse response(Optional<ResultLog.OutOfRange> ahead) {
    if (ahead.isPresent()) {
      throw new RefusedException(new Refusal.PlaceAhead(place, ahead.get().oldest()));
    }
    return AckSyncResultsResponse.getDefaultInstance();
  }
}
