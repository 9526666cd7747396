package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

class ResultMessagesTest {

  private static final EventId ANNOUNCEMENT = new EventId("a".repeat(64));
  private static final EventId STATE = new EventId("b".repeat(64));
  private static final RefName MAIN = new RefName("refs/heads/main");
  private static final Oid SHA1 = new Oid("1".repeat(40));
  private static final Oid SHA256 = new Oid("2".repeat(64));

  @Test
  void resultIsTakenOverFieldByField() {
    WatchSyncResultsResponse response = message(SyncOutcome.SATISFIED);
    assertThat(response.getResumeToken()).isEqualTo("1767225600000-7");
    org.purgatory.sync.v1.SyncResult result = response.getResult();
    assertThat(result.getIdentifier()).isEqualTo("my 🚀 repo");
    assertThat(result.getEventIdsList()).containsExactly(ANNOUNCEMENT.hex(), STATE.hex());
    assertThat(result.getReleasedList())
        .extracting(e -> e.getEventId() + " " + e.getKind() + " " + e.getWaited().getNanos())
        .containsExactly(ANNOUNCEMENT + " 30617 5000000", STATE + " 30618 0");
    assertThat(result.getAttempts()).isEqualTo(4);
    assertThat(result.getCompletedAt().getSeconds()).isEqualTo(1_767_225_600);
    assertThat(result.getSourceUrlsList()).containsExactly("https://git.example/repo.git");
    assertThat(result.getRepositoriesList())
        .extracting(r -> r.getPath() + " " + r.getHead())
        .containsExactly("npub/repo.git refs/heads/main", "npub/other.git ");
  }

  @Test
  void noObjectIsAsManyZerosAsTheOtherSideHasDigits() {
    assertThat(message(SyncOutcome.SATISFIED).getResult().getRepositories(0).getRefsList())
        .extracting(r -> r.getOldOid() + " " + r.getNewOid())
        .containsExactly(
            "0".repeat(40) + " " + SHA1,
            SHA1 + " " + "0".repeat(40),
            "0".repeat(64) + " " + SHA256,
            SHA256 + " " + "0".repeat(64));
  }

  @ParameterizedTest
  @EnumSource
  void everyOutcomeHasItsOwnName(SyncOutcome outcome) {
    assertThat(message(outcome).getResult().getOutcome().name())
        .isEqualTo("SYNC_OUTCOME_" + outcome);
  }

  @Test
  void releasedEventSaysWhyItLeft() {
    assertThat(message(SyncOutcome.REJECTED).getResult().getReleasedList())
        .extracting(released -> released.getReason())
        .containsExactly("", "superseded");
  }

  @Test
  void bookmarkCarriesPlaceAndTime() {
    WatchSyncResultsResponse response =
        ResultMessages.bookmark(new ResultPosition(5, 1), Instant.ofEpochSecond(9, 8));
    assertThat(response.getResumeToken()).isEqualTo("5-1");
    assertThat(response.getBookmark().getAt().getSeconds()).isEqualTo(9);
    assertThat(response.getBookmark().getAt().getNanos()).isEqualTo(8);
  }

  private static WatchSyncResultsResponse message(SyncOutcome outcome) {
    List<RefChange> refs =
        List.of(
            new RefChange(MAIN, Optional.empty(), Optional.of(SHA1)),
            new RefChange(MAIN, Optional.of(SHA1), Optional.empty()),
            new RefChange(MAIN, Optional.empty(), Optional.of(SHA256)),
            new RefChange(MAIN, Optional.of(SHA256), Optional.empty()));
    SyncResult result =
        new SyncResult(
            new RepositoryIdentifier("my 🚀 repo"),
            outcome,
            List.of(
                new ReleasedEvent(ANNOUNCEMENT, 30617, Duration.ofMillis(5), ""),
                new ReleasedEvent(STATE, 30618, Duration.ZERO, "superseded")),
            List.of(
                new RepositoryChange("npub/repo.git", refs, Optional.of(MAIN)),
                new RepositoryChange("npub/other.git", List.of(), Optional.empty())),
            4,
            Instant.parse("2026-01-01T00:00:00Z"),
            List.of(CloneUrl.parse("https://git.example/repo.git")));
    return ResultMessages.result(new StoredResult(new ResultPosition(1767225600000L, 7), result));
  }
}
