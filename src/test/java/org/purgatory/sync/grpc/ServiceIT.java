package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Bip340Check;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.AckSyncResultsRequest;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.PendingEventState;
import org.purgatory.sync.v1.PendingEventStatus;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.TriggerImmediateSyncRequest;
import org.purgatory.sync.v1.TriggerImmediateSyncResponse;
import org.purgatory.sync.v1.WatchSyncResultsRequest;

/** The contract over the wire. */
class ServiceIT {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final SignedEvent STATE =
      ALICE.state("repo").ref("refs/heads/main", "1".repeat(40)).sign();

  private final Bip340Check signatures = new Bip340Check();
  private final ServiceStage stage =
      ServiceStage.withEngine(
          event -> {
            assertThat(Context.isOnEventLoopThread()).isFalse();
            return signatures.isValid(event);
          });

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void enqueuedEventsAreAnsweredInRequestOrder() {
    SignedEvent other = ALICE.state("other").sign();
    EnqueueSyncResponse response = enqueue(STATE, other, STATE);
    assertThat(response.getEventsList())
        .extracting(PendingEventStatus::getEventId)
        .containsExactly(STATE.id().hex(), other.id().hex(), STATE.id().hex());
    assertThat(response.getEventsList())
        .allMatch(e -> e.getState() == PendingEventState.PENDING_EVENT_STATE_QUEUED)
        .allMatch(PendingEventStatus::hasNextAttempt);
    assertThat(enqueue(STATE).getEvents(0).getState())
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_ALREADY_PENDING);
  }

  @Test
  void emptyRequestIsAnsweredWithAnEmptyList() {
    assertThat(enqueue().getEventsList()).isEmpty();
  }

  @Test
  void satisfiedEventReachesTheWatcherThatWaitsForIt() {
    TestWatch watch = TestWatch.start(stage.connect(), 100);
    Await.until(SOON, "first bookmark", () -> watch.count.get() >= 1);
    enqueue(STATE);
    trigger();
    satisfy(STATE);
    Await.until(SOON, "result", () -> watch.first.stream().anyMatch(r -> r.hasResult()));
    assertThat(watch.first)
        .filteredOn(response -> response.hasResult())
        .singleElement()
        .satisfies(
            r -> assertThat(r.getResult().getEventIdsList()).containsExactly(STATE.id().hex()));
    assertThat(enqueue(STATE).getEvents(0).getState())
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_SATISFIED);
  }

  @Test
  void quietStreamGetsBookmarks() {
    TestWatch watch = TestWatch.start(stage.connect(), 100);
    Await.until(SOON, "three bookmarks", () -> watch.count.get() >= 3);
    assertThat(watch.first).allMatch(response -> response.hasBookmark());
  }

  @Test
  void triggerWithoutPendingEventsSchedulesNothing() {
    TriggerImmediateSyncResponse response = trigger();
    assertThat(response.getScheduled()).isFalse();
    assertThat(response.getPendingEvents()).isZero();
    assertThat(response.hasNextAttempt()).isFalse();
    enqueue(STATE);
    assertThat(trigger().getScheduled()).isTrue();
  }

  @Test
  void badInputIsListedAndNothingIsStored() throws Exception {
    EnqueueSyncRequest request =
        EnqueueSyncRequest.newBuilder()
            .addPendingEvents(STATE.json())
            .addPendingEvents(STATE.json().replace("\"sig\":\"", "\"sig\":\"0"))
            .build();
    StatusRuntimeException failure = failure(() -> calls().enqueueSync(request));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(violatedFields(failure)).containsExactly("pending_events[1]");
    assertThat(trigger().getScheduled()).isFalse();
  }

  @Test
  void thousandsOfViolationsStillReachTheClient() throws Exception {
    EnqueueSyncRequest.Builder request = EnqueueSyncRequest.newBuilder();
    IntStream.range(0, 5000).forEach(i -> request.addPendingEvents("nonsense"));
    StatusRuntimeException failure = failure(() -> calls().enqueueSync(request.build()));
    assertThat(failure.getStatus().getDescription())
        .startsWith("pending_events[0]: ")
        .contains("4999 more");
    assertThat(violatedFields(failure)).contains("pending_events[9]");
  }

  @Test
  void fullQueueSaysWhenToComeBack() throws Exception {
    IntStream.range(0, 10).forEach(i -> enqueue(ALICE.state("repo-" + i).sign()));
    StatusRuntimeException failure = failure(() -> enqueue(STATE));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    RetryInfo retry = StatusProto.fromThrowable(failure).getDetails(0).unpack(RetryInfo.class);
    assertThat(retry.getRetryDelay().getSeconds()).isPositive();
  }

  @Test
  void watchWithoutATokenInItsTokenIsBadInput() throws Exception {
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder().setResumeToken("latest").build();
    StatusRuntimeException failure = failure(() -> calls().watchSyncResults(request).hasNext());
    assertThat(violatedFields(failure)).containsExactly("resume_token");
  }

  @Test
  void tokenOfAnEarlierLifeIsOutOfRange() {
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder().setResumeToken("1-0").build();
    StatusRuntimeException failure = failure(() -> calls().watchSyncResults(request).hasNext());
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failure.getStatus().getDescription()).containsPattern("[0-9]{13}-[0-9]+");
  }

  @Test
  void whatTheServiceDoesNotHaveYetIsUnimplemented() {
    StatusRuntimeException failure =
        failure(() -> calls().ackSyncResults(AckSyncResultsRequest.getDefaultInstance()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(failure.getStatus().getDescription()).contains("AckSyncResults");
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder().setConsumer("relay").build();
    assertThat(failure(() -> calls().watchSyncResults(request).hasNext()).getStatus().getCode())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  private PurgatorySyncServiceGrpc.PurgatorySyncServiceBlockingStub calls() {
    return PurgatorySyncServiceGrpc.newBlockingStub(stage.connect())
        .withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  private EnqueueSyncResponse enqueue(SignedEvent... events) {
    EnqueueSyncRequest.Builder request = EnqueueSyncRequest.newBuilder();
    List.of(events).forEach(event -> request.addPendingEvents(event.json()));
    return calls().enqueueSync(request.build());
  }

  private TriggerImmediateSyncResponse trigger() {
    return calls()
        .triggerImmediateSync(
            TriggerImmediateSyncRequest.newBuilder()
                .setIdentifier("repo")
                .setDelay(com.google.protobuf.Duration.getDefaultInstance())
                .build());
  }

  /** Plays a run that finds everything. */
  private void satisfy(SignedEvent event) {
    Claim claim = stage.store.claimDue(1).toCompletableFuture().join().claimed().get(0).claim();
    Release release = new Release(SyncOutcome.SATISFIED, List.of(event.id()), List.of(), List.of());
    stage.store.publish(claim, release);
  }

  private static StatusRuntimeException failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }

  private static List<String> violatedFields(StatusRuntimeException failure) throws Exception {
    return StatusProto.fromThrowable(failure)
        .getDetails(0)
        .unpack(BadRequest.class)
        .getFieldViolationsList()
        .stream()
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }
}
