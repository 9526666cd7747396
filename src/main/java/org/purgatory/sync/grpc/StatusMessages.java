package org.purgatory.sync.grpc;

import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.SyncStatus;
import org.purgatory.sync.v1.SyncPhase;
import org.purgatory.sync.v1.UrlAttempt;

/** Statuses as messages carry them. */
final class StatusMessages {

  private StatusMessages() {}

  /** How an identifier stands. */
  static org.purgatory.sync.v1.SyncStatus status(SyncStatus status) {
    org.purgatory.sync.v1.SyncStatus.Builder message =
        org.purgatory.sync.v1.SyncStatus.newBuilder()
            .setIdentifier(status.identifier().value())
            .setPhase(phase(status))
            .setAttemptCount(status.attemptCount())
            .addAllPendingEventIds(status.pending().stream().map(EventId::hex).toList())
            .addAllMissingOids(status.seen().missing().stream().map(Oid::hex).toList())
            .addAllProblems(status.seen().problems())
            .addAllLastAttempts(
                status.lastAttempts().stream().map(StatusMessages::attempt).toList());
    status.nextAttempt().map(Times::timestamp).ifPresent(message::setNextAttempt);
    status.expiresAt().map(Times::timestamp).ifPresent(message::setExpiresAt);
    return message.build();
  }

  private static SyncPhase phase(SyncStatus status) {
    return switch (status.phase()) {
      case WAITING -> SyncPhase.SYNC_PHASE_WAITING;
      case RUNNING -> SyncPhase.SYNC_PHASE_RUNNING;
      case THROTTLED -> SyncPhase.SYNC_PHASE_THROTTLED;
    };
  }

  private static UrlAttempt attempt(SyncStatus.Tried tried) {
    return UrlAttempt.newBuilder()
        .setUrl(tried.attempt().url().value())
        .setAt(Times.timestamp(tried.at()))
        .setOutcome(tried.attempt().outcome())
        .setDetail(tried.attempt().detail())
        .setOidsFetched(tried.attempt().oidsFetched())
        .build();
  }
}
