package org.purgatory.sync.grpc;

import java.time.Duration;
import java.util.Optional;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.TriggerOutcome;
import org.purgatory.sync.v1.TriggerImmediateSyncRequest;
import org.purgatory.sync.v1.TriggerImmediateSyncResponse;

/**
 * A TriggerImmediateSync request that has been read.
 *
 * @param identifier which identifier to bring forward
 * @param delay how long to wait at the most
 */
record TriggerCall(RepositoryIdentifier identifier, Duration delay) {

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @param settings the delays
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  static TriggerCall read(TriggerImmediateSyncRequest request, GrpcSettings settings) {
    Violations violations = new Violations();
    Optional<RepositoryIdentifier> identifier =
        violations.read("identifier", () -> new RepositoryIdentifier(request.getIdentifier()));
    Optional<Duration> delay = violations.read("delay", () -> delay(request, settings));
    violations.refuseIfAny();
    return new TriggerCall(identifier.orElseThrow(), delay.orElseThrow());
  }

  private static Duration delay(TriggerImmediateSyncRequest request, GrpcSettings settings) {
    return request.hasDelay()
        ? Delays.read(request.getDelay(), settings.maxDelay())
        : settings.immediateDelay();
  }

  /**
   * The answer.
   *
   * @param outcome what the engine said
   * @return whether there was anything to bring forward
   */
  static TriggerImmediateSyncResponse response(TriggerOutcome outcome) {
    TriggerImmediateSyncResponse.Builder message =
        TriggerImmediateSyncResponse.newBuilder()
            .setScheduled(outcome.nextAttempt().isPresent())
            .setPendingEvents(outcome.pendingEvents());
    outcome.nextAttempt().map(Times::timestamp).ifPresent(message::setNextAttempt);
    return message.build();
  }
}
