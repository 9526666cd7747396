package org.purgatory.sync.grpc;

import java.time.Instant;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncResult;
import org.purgatory.sync.v1.Bookmark;
import org.purgatory.sync.v1.SyncOutcome;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** Results as messages carry them. */
final class ResultMessages {

  private static final int SHA1_DIGITS = 40;

  private ResultMessages() {}

  /** A result with the token that resumes behind it. */
  static WatchSyncResultsResponse result(StoredResult stored) {
    return WatchSyncResultsResponse.newBuilder()
        .setResumeToken(stored.position().token())
        .setResult(message(stored.result()))
        .build();
  }

  /** A sign of life, with the token that resumes where the stream has come to. */
  static WatchSyncResultsResponse bookmark(ResultPosition position, Instant now) {
    return WatchSyncResultsResponse.newBuilder()
        .setResumeToken(position.token())
        .setBookmark(Bookmark.newBuilder().setAt(Times.timestamp(now)))
        .build();
  }

  private static org.purgatory.sync.v1.SyncResult message(SyncResult result) {
    org.purgatory.sync.v1.SyncResult.Builder message =
        org.purgatory.sync.v1.SyncResult.newBuilder()
            .setIdentifier(result.identifier().value())
            .setOutcome(outcome(result))
            .setAttempts(result.attempts())
            .setCompletedAt(Times.timestamp(result.completedAt()))
            .addAllSourceUrls(result.sourceUrls().stream().map(CloneUrl::value).toList());
    for (ReleasedEvent event : result.released()) {
      message.addEventIds(event.id().hex()).addReleased(message(event));
    }
    result.repositories().stream().map(ResultMessages::message).forEach(message::addRepositories);
    return message.build();
  }

  private static SyncOutcome outcome(SyncResult result) {
    return switch (result.outcome()) {
      case SATISFIED -> SyncOutcome.SYNC_OUTCOME_SATISFIED;
      case EXPIRED -> SyncOutcome.SYNC_OUTCOME_EXPIRED;
      case REJECTED -> SyncOutcome.SYNC_OUTCOME_REJECTED;
    };
  }

  private static org.purgatory.sync.v1.ReleasedEvent message(ReleasedEvent event) {
    return org.purgatory.sync.v1.ReleasedEvent.newBuilder()
        .setEventId(event.id().hex())
        .setKind(event.kind())
        .setWaited(Times.duration(event.waited()))
        .setReason(event.reason())
        .build();
  }

  private static org.purgatory.sync.v1.RepositoryChange message(RepositoryChange change) {
    return org.purgatory.sync.v1.RepositoryChange.newBuilder()
        .setPath(change.path())
        .addAllRefs(change.refs().stream().map(ResultMessages::message).toList())
        .setHead(change.head().map(RefName::value).orElse(""))
        .build();
  }

  /** No object is spelled as git does: as many zeros as the other side's object has digits. */
  private static org.purgatory.sync.v1.RefChange message(RefChange change) {
    int digits =
        change.before().or(change::after).map(oid -> oid.hex().length()).orElse(SHA1_DIGITS);
    String none = "0".repeat(digits);
    return org.purgatory.sync.v1.RefChange.newBuilder()
        .setName(change.name().value())
        .setOldOid(change.before().map(Oid::hex).orElse(none))
        .setNewOid(change.after().map(Oid::hex).orElse(none))
        .build();
  }
}
