package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.RefusedCall.refusal;
import static org.purgatory.sync.testkit.RefusedCall.violatedFields;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.SignatureCheck;
import org.purgatory.sync.sync.Attempt;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.CancelSyncRequest;
import org.purgatory.sync.v1.CancelSyncResponse;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.GetSyncStatusRequest;
import org.purgatory.sync.v1.ListSyncsRequest;
import org.purgatory.sync.v1.ListSyncsResponse;
import org.purgatory.sync.v1.SyncPhase;
import org.purgatory.sync.v1.SyncStatus;
import org.purgatory.sync.v1.UrlAttempt;

/** Withdrawing events and asking for the queue, over the wire. The tests play the runs. */
class QueueCallsIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final Oid OID = new Oid("1".repeat(40));
  private static final SignedEvent STATE =
      ALICE.state("my 🚀 repo").ref("refs/heads/main", OID.hex()).sign();

  @AutoClose private final ServiceStage stage = ServiceStage.withEngine(SignatureCheck.TRUSTING);

  @Test
  void withdrawnEventsAreAnsweredInRequestOrderOnce() {
    SignedEvent other = ALICE.state("other").sign();
    enqueue(STATE, other);
    String nobodys = "e".repeat(64);
    assertThat(cancel(other.id().hex(), nobodys, STATE.id().hex(), other.id().hex()))
        .containsExactly(other.id().hex(), STATE.id().hex());
    assertThat(cancel(other.id().hex())).isEmpty();
    assertThat(cancel()).isEmpty();
    assertThat(code(() -> status("other"))).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void eventThatIsBeingAppliedIsLeftOutAndCanBeWithdrawnIfThatFails() {
    enqueue(STATE);
    Claim claim = stage.claim();
    stage.store.begin(claim, List.of(STATE.id()));
    assertThat(cancel(STATE.id().hex())).isEmpty();
    stage.store.complete(claim, RunNote.NOTHING);
    assertThat(cancel(STATE.id().hex())).containsExactly(STATE.id().hex());
  }

  @Test
  void badEventIdsAreListedAndNothingIsWithdrawn() throws Exception {
    enqueue(STATE);
    StatusRuntimeException failure =
        refusal(() -> cancel(STATE.id().hex(), "E".repeat(64), "", "../etc/passwd"));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(violatedFields(failure))
        .containsExactly("event_ids[1]", "event_ids[2]", "event_ids[3]");
    assertThat(cancel(STATE.id().hex())).hasSize(1);
  }

  @Test
  void requestMayWithdrawAThousandEventsAndNoMore() throws Exception {
    List<String> many = new ArrayList<>(Collections.nCopies(1000, STATE.id().hex()));
    assertThat(cancel(many.toArray(String[]::new))).isEmpty();
    IntStream.range(0, 5000).forEach(i -> many.add("nonsense"));
    StatusRuntimeException failure = refusal(() -> cancel(many.toArray(String[]::new)));
    assertThat(violatedFields(failure)).containsExactly("event_ids");
    assertThat(failure.getStatus().getDescription()).contains("1000", "6000");
  }

  @Test
  void statusTellsWhatAPersonAsks() {
    enqueue(STATE);
    Claim claim = stage.claim();
    RunNote.Ended refused =
        new RunNote.Ended(
            new Attempt(CloneUrl.parse("https://a.example/r"), "not_found", "404", 0),
            Duration.ofSeconds(2));
    RunNote.Ended brought =
        new RunNote.Ended(
            new Attempt(CloneUrl.parse("https://b.example/r"), "fetched", "", 3),
            Duration.ofSeconds(1));
    RunNote.Seen seen = new RunNote.Seen(List.of(OID), List.of("the disk is full"));
    stage.store.note(claim, new RunNote(Optional.of(seen), List.of(refused, brought), true));

    SyncStatus status = status("my 🚀 repo");

    assertThat(status.getIdentifier()).isEqualTo("my 🚀 repo");
    assertThat(status.getPhase()).isEqualTo(SyncPhase.SYNC_PHASE_THROTTLED);
    assertThat(status.getAttemptCount()).isZero();
    assertThat(status.hasNextAttempt()).isFalse();
    assertThat(status.getPendingEventIdsList()).containsExactly(STATE.id().hex());
    assertThat(status.getMissingOidsList()).containsExactly(OID.hex());
    assertThat(status.getProblemsList()).containsExactly("the disk is full");
    assertThat(status.hasExpiresAt()).isTrue();
    assertThat(status.getLastAttemptsList())
        .extracting(UrlAttempt::getUrl)
        .containsExactly("https://b.example/r", "https://a.example/r");
    UrlAttempt last = status.getLastAttempts(0);
    assertThat(last.getOutcome()).isEqualTo("fetched");
    assertThat(last.getOidsFetched()).isEqualTo(3);
    assertThat(status.getLastAttempts(1).getDetail()).isEqualTo("404");
    assertThat(last.getAt().getSeconds())
        .isGreaterThanOrEqualTo(status.getLastAttempts(1).getAt().getSeconds());
  }

  @Test
  void statusOfWhatIsNotQueuedIsNotFound() {
    StatusRuntimeException failure = refusal(() -> status("my 🚀 repo"));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription()).contains("\"my 🚀 repo\"", "waits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a\u0000b", "line\nbreak"})
  void statusOfABadIdentifierIsBadInput(String identifier) throws Exception {
    assertThat(violatedFields(refusal(() -> status(identifier)))).containsExactly("identifier");
  }

  @Test
  void listWalksTheQueueWhileItGoesOn() {
    for (int i = 0; i < 5; i++) {
      enqueue(ALICE.state("repo-" + i).sign());
    }
    ListSyncsResponse first = list(page(2));
    assertThat(identifiers(first)).containsExactly("repo-0", "repo-1");
    assertThat(first.getTotalSize()).isEqualTo(5);
    cancel(first.getSyncs(1).getPendingEventIds(0));
    ListSyncsResponse second = list(page(2).setPageToken(first.getNextPageToken()));
    assertThat(identifiers(second)).containsExactly("repo-2", "repo-3");
    ListSyncsResponse third = list(page(2).setPageToken(second.getNextPageToken()));
    assertThat(identifiers(third)).containsExactly("repo-4");
    assertThat(third.getNextPageToken()).isEmpty();
    assertThat(identifiers(list(page(0)))).hasSize(4);
    assertThat(identifiers(list(page(Integer.MAX_VALUE)))).hasSize(4);
  }

  @Test
  void listTellsOnlyThoseInAPhase() {
    enqueue(STATE);
    stage.claim();
    assertThat(identifiers(list(page(0).setPhase(SyncPhase.SYNC_PHASE_RUNNING)))).hasSize(1);
    ListSyncsResponse waiting = list(page(0).setPhase(SyncPhase.SYNC_PHASE_WAITING));
    assertThat(waiting.getSyncsList()).isEmpty();
    assertThat(waiting.getTotalSize()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "Li4", "YS9i", "_w", "cg==", "c h", "🚀", "cgA"})
  void listWithATokenThatIsNoneIsBadInput(String token) throws Exception {
    assertThat(violatedFields(refusal(() -> list(page(0).setPageToken(token)))))
        .containsExactly("page_token");
  }

  @Test
  void listSaysAllThatIsWrong() throws Exception {
    ListSyncsRequest.Builder request = page(-1).setPageToken("?").setPhaseValue(99);
    assertThat(violatedFields(refusal(() -> list(request))))
        .containsExactly("page_size", "page_token", "phase");
  }

  @Test
  void everyCallIsUnavailableWhileTheStoreIsAway() {
    stage.line.cut();
    List<ThrowingCallable> all =
        List.of(() -> cancel(STATE.id().hex()), () -> status("r"), () -> list(page(0)));
    for (ThrowingCallable call : all) {
      assertThat(code(call)).isEqualTo(Status.Code.UNAVAILABLE);
    }
    stage.line.mend();
    assertThat(list(page(0)).getSyncsList()).isEmpty();
  }

  private static ListSyncsRequest.Builder page(int size) {
    return ListSyncsRequest.newBuilder().setPageSize(size);
  }

  private static List<String> identifiers(ListSyncsResponse page) {
    return page.getSyncsList().stream().map(SyncStatus::getIdentifier).toList();
  }

  private ListSyncsResponse list(ListSyncsRequest.Builder request) {
    return stage.calls().listSyncs(request.build());
  }

  private SyncStatus status(String identifier) {
    return stage
        .calls()
        .getSyncStatus(GetSyncStatusRequest.newBuilder().setIdentifier(identifier).build())
        .getStatus();
  }

  private List<String> cancel(String... ids) {
    CancelSyncRequest request = CancelSyncRequest.newBuilder().addAllEventIds(List.of(ids)).build();
    CancelSyncResponse response = stage.calls().cancelSync(request);
    return List.copyOf(response.getCancelledEventIdsList());
  }

  private void enqueue(SignedEvent... events) {
    EnqueueSyncRequest.Builder request =
        EnqueueSyncRequest.newBuilder().setDelay(com.google.protobuf.Duration.getDefaultInstance());
    List.of(events).forEach(event -> request.addPendingEvents(event.json()));
    stage.calls().enqueueSync(request.build());
  }

  private static Status.Code code(ThrowingCallable call) {
    return refusal(call).getStatus().getCode();
  }
}
