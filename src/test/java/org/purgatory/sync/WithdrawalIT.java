package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.TestRepository.ALICE;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.Hold;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.testkit.StoreKind;
import org.purgatory.sync.v1.CancelSyncRequest;
import org.purgatory.sync.v1.GetSyncStatusRequest;
import org.purgatory.sync.v1.ListSyncsRequest;
import org.purgatory.sync.v1.SyncOutcome;
import org.purgatory.sync.v1.SyncPhase;
import org.purgatory.sync.v1.SyncStatus;
import org.purgatory.sync.v1.UrlAttempt;

/** Withdrawing, expiring and asking, through the packaged program and with real git. */
@ParameterizedClass
@EnumSource
class WithdrawalIT extends SharedStage {

  private static final Duration SOON = Duration.ofSeconds(20);

  @BeforeParameterizedClassInvocation
  static void start(StoreKind store) {
    setUp(
        store,
        sidecar ->
            sidecar
                .config("purgatory.sync.default-delay", "1s")
                .config("purgatory.sync.expiry", "30s"));
  }

  @Test
  void objectsOfAnEventWithdrawnDuringItsFetchNeverReachTheRepository() {
    String main = own.remote().write().commits("main", 2);
    String topic = own.remote().write().commits("topic", 2);
    SignedEvent state = own.state().ref("refs/heads/main", main).sign();
    SignedEvent request = BOB.pullRequest(topic).to(ALICE, own.name()).sign();
    try (Hold hold = stage.server().holdNextUploadPack()) {
      stage.relay().enqueue(0, List.of(state, request), List.of(own.announced()));
      hold.awaitArrival(SOON);
      assertThat(cancel(state)).containsExactly(state.id().hex());
    }
    own.watch().awaitSatisfied(SOON, request);
    assertThat(own.hosted().refs()).containsOnly(Map.entry("refs/nostr/" + request.id(), topic));
    assertThat(own.hosted().has(main)).isFalse();
    assertThat(own.watch().results())
        .flatExtracting(result -> result.getEventIdsList())
        .doesNotContain(state.id().hex());
    assertThat(cancel(state, request)).isEmpty();
    assertThat(isQueued()).isFalse();
  }

  @Test
  void runWhoseOnlyEventIsWithdrawnLeavesNothingBehind() {
    String main = own.remote().write().commits("main", 2);
    SignedEvent state = own.state().ref("refs/heads/main", main).sign();
    try (Hold hold = stage.server().holdNextUploadPack()) {
      stage.relay().enqueue(state, own.announced());
      hold.awaitArrival(SOON);
      assertThat(cancel(state)).hasSize(1);
    }
    Await.until(SOON, "end of the run", () -> !isQueued());
    assertThat(own.hosted().refs()).isEmpty();
    assertThat(own.hosted().has(main)).isFalse();

    stage.relay().enqueue(state, own.announced());
    own.watch().awaitSatisfied(SOON, state);
    assertThat(own.hosted().refs()).containsOnly(Map.entry("refs/heads/main", main));
  }

  @Test
  void statusTellsWhatIsMissingAndWhatWasTried() {
    String nowhere = "1".repeat(40);
    SignedEvent state = own.state().ref("refs/heads/main", nowhere).sign();
    stage.relay().enqueue(state, own.announced());
    Await.until(SOON, "an attempt", () -> status().getAttemptCount() > 0);
    SyncStatus status = status();
    assertThat(status.getPendingEventIdsList()).containsExactly(state.id().hex());
    assertThat(status.getMissingOidsList()).containsExactly(nowhere);
    assertThat(status.hasExpiresAt()).isTrue();
    UrlAttempt attempt = status.getLastAttempts(0);
    assertThat(attempt.getUrl()).isEqualTo(stage.url(own.name()));
    assertThat(attempt.getOutcome()).isEqualTo("object_missing");
    assertThat(attempt.getDetail()).contains(nowhere);
    assertThat(
            stage
                .relay()
                .calls()
                .listSyncs(
                    ListSyncsRequest.newBuilder()
                        .setPhase(SyncPhase.SYNC_PHASE_UNSPECIFIED)
                        .build())
                .getSyncsList())
        .extracting(SyncStatus::getIdentifier)
        .contains(own.name());
    cancel(state);
  }

  @Test
  void lateStateRevivesAnAnnouncementThatExpired() {
    SignedEvent announcement = own.announced();
    stage.relay().enqueue(0, List.of(announcement), List.of());
    Await.until(
        Duration.ofSeconds(90),
        "expiry",
        () ->
            own.watch().events(SyncOutcome.SYNC_OUTCOME_EXPIRED).contains(announcement.id().hex()));
    String main = own.remote().write().commits("main", 1);
    SignedEvent state = own.state().ref("refs/heads/main", main).sign();
    stage.relay().enqueue(0, List.of(state), List.of());
    assertThat(own.watch().awaitSatisfied(SOON, state).getEventIdsList())
        .containsExactlyElementsOf(RelayClient.ids(announcement, state));
    assertThat(own.hosted().refs()).containsOnly(Map.entry("refs/heads/main", main));
  }

  private List<String> cancel(SignedEvent... events) {
    CancelSyncRequest request =
        CancelSyncRequest.newBuilder()
            .addAllEventIds(Stream.of(events).map(event -> event.id().hex()).toList())
            .build();
    return List.copyOf(stage.relay().calls().cancelSync(request).getCancelledEventIdsList());
  }

  private SyncStatus status() {
    GetSyncStatusRequest request =
        GetSyncStatusRequest.newBuilder().setIdentifier(own.name()).build();
    return stage.relay().calls().getSyncStatus(request).getStatus();
  }

  private boolean isQueued() {
    try {
      status();
      return true;
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      return false;
    }
  }
}
