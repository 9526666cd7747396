package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.RefusedCall.refusal;
import static org.purgatory.sync.testkit.RefusedCall.violatedFields;
import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.Bip340Check;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Release;
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
import org.purgatory.sync.v1.WatchSyncResultsResponse;

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
    StatusRuntimeException failure = refusal(() -> calls().enqueueSync(request));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(violatedFields(failure)).containsExactly("pending_events[1]");
    assertThat(trigger().getScheduled()).isFalse();
  }

  @Test
  void thousandsOfViolationsStillReachTheClient() throws Exception {
    EnqueueSyncRequest.Builder request = EnqueueSyncRequest.newBuilder();
    IntStream.range(0, 5000).forEach(i -> request.addPendingEvents("nonsense"));
    StatusRuntimeException failure = refusal(() -> calls().enqueueSync(request.build()));
    assertThat(failure.getStatus().getDescription())
        .startsWith("pending_events[0]: ")
        .contains("4999 more");
    assertThat(violatedFields(failure)).contains("pending_events[9]");
  }

  @Test
  void fullQueueSaysWhenToComeBack() throws Exception {
    IntStream.range(0, 10).forEach(i -> enqueue(ALICE.state("repo-" + i).sign()));
    assertFull(refusal(() -> enqueue(STATE)), "purgatory.limits.identifiers (10)");
  }

  @Test
  void identifierWithTooManyEventsSaysWhenToComeBack() throws Exception {
    SignedEvent[] events =
        IntStream.range(0, 101)
            .mapToObj(i -> ALICE.state("repo").ref("refs/heads/b" + i, "1".repeat(40)).sign())
            .toArray(SignedEvent[]::new);
    assertFull(refusal(() -> enqueue(events)), "purgatory.limits.events-per-identifier (100)");
    assertThat(trigger().getScheduled()).isFalse();
  }

  private static void assertFull(StatusRuntimeException failure, String bound) throws Exception {
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.getStatus().getDescription()).startsWith(bound);
    assertThat(retryAfter(failure)).isPositive();
  }

  private static Duration retryAfter(StatusRuntimeException failure) throws Exception {
    RetryInfo retry = StatusProto.fromThrowable(failure).getDetails(0).unpack(RetryInfo.class);
    return Duration.ofSeconds(retry.getRetryDelay().getSeconds(), retry.getRetryDelay().getNanos());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyCallIsUnavailableWhileTheStoreIsAwayAndWorksWhenItIsBack(boolean withExceptions)
      throws Exception {
    if (withExceptions) {
      stage.line.cutWithExceptions();
    } else {
      stage.line.cut();
    }
    List<ThrowingCallable> all =
        List.of(
            () -> enqueue(STATE),
            this::trigger,
            () -> ack("relay", "1-0"),
            () -> calls().watchSyncResults(WatchSyncResultsRequest.getDefaultInstance()).hasNext(),
            () -> calls().watchSyncResults(watchOf("relay")).hasNext());
    for (ThrowingCallable call : all) {
      StatusRuntimeException failure = refusal(call);
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(failure.getStatus().getDescription()).isEqualTo("the store is away");
      assertThat(retryAfter(failure)).isEqualTo(Duration.ofSeconds(1));
    }
    stage.line.mend();
    assertThat(enqueue(STATE).getEventsCount()).isEqualTo(1);
  }

  @Test
  void badInputIsBadInputWhateverTheStoreDoes() {
    stage.line.cut();
    assertThat(refusal(() -> ack("", "1-0")).getStatus().getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void watcherHearsOfAStoreThatWentAway() {
    TestWatch watch = TestWatch.start(stage.connect(), 100);
    Await.until(SOON, "first bookmark", () -> watch.count.get() >= 1);
    stage.line.cut();
    Await.until(SOON, "end of the stream", () -> watch.end != null);
    assertThat(watch.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void consumerGoesOnBehindWhatItAcknowledged() {
    List<WatchSyncResultsResponse> results = threeResults();
    assertThat(tokensFor("relay", 3)).isEqualTo(tokens(results));
    ack("relay", results.get(1).getResumeToken());
    ack("relay", results.get(1).getResumeToken());
    ack("relay", results.get(0).getResumeToken());
    assertThat(tokensFor("relay", 1)).containsExactly(results.get(2).getResumeToken());
    assertThat(tokensFor("other", 3)).isEqualTo(tokens(results));
    WatchSyncResultsRequest withToken =
        watchOf("relay").toBuilder().setResumeToken(results.get(0).getResumeToken()).build();
    assertThat(tokens(first(2, withToken)))
        .containsExactly(results.get(1).getResumeToken(), results.get(2).getResumeToken());
  }

  @Test
  void acknowledgementOfWhatIsAheadOfEverythingIsOutOfRange() {
    String oldest = first(1, WatchSyncResultsRequest.getDefaultInstance()).get(0).getResumeToken();
    threeResults();
    StatusRuntimeException failure = refusal(() -> ack("relay", "99999999999999-0"));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failure.getStatus().getDescription()).endsWith("oldest resume token is " + oldest);
    assertThat(tokensFor("relay", 3)).hasSize(3);
  }

  @Test
  void consumerOfAnEarlierLifeIsOutOfRange() {
    ack("relay", "1-0");
    StatusRuntimeException failure =
        refusal(() -> calls().watchSyncResults(watchOf("relay")).hasNext());
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failure.getStatus().getDescription()).containsPattern("[0-9]{13}-[0-9]+");
  }

  @Test
  void badConsumersAndTokensAreListed() throws Exception {
    assertThat(violatedFields(refusal(() -> ack("a\nb", "latest"))))
        .containsExactly("consumer", "resume_token");
    WatchSyncResultsRequest onlyNew = watchOf("relay").toBuilder().setOnlyNew(true).build();
    assertThat(violatedFields(refusal(() -> calls().watchSyncResults(onlyNew).hasNext())))
        .containsExactly("only_new");
  }

  private List<WatchSyncResultsResponse> threeResults() {
    for (String repo : List.of("a", "b", "c")) {
      SignedEvent event = ALICE.state(repo).ref("refs/heads/main", "1".repeat(40)).sign();
      calls()
          .enqueueSync(
              EnqueueSyncRequest.newBuilder()
                  .addPendingEvents(event.json())
                  .setDelay(com.google.protobuf.Duration.getDefaultInstance())
                  .build());
      satisfy(event);
    }
    return first(3, WatchSyncResultsRequest.getDefaultInstance());
  }

  /** The first responses of a stream: results, as long as there are any. */
  private List<WatchSyncResultsResponse> first(int count, WatchSyncResultsRequest request) {
    Iterator<WatchSyncResultsResponse> stream = calls().watchSyncResults(request);
    return IntStream.range(0, count).mapToObj(i -> stream.next()).toList();
  }

  private List<String> tokensFor(String consumer, int count) {
    return tokens(first(count, watchOf(consumer)));
  }

  private static List<String> tokens(List<WatchSyncResultsResponse> responses) {
    return responses.stream().map(WatchSyncResultsResponse::getResumeToken).toList();
  }

  private static WatchSyncResultsRequest watchOf(String consumer) {
    return WatchSyncResultsRequest.newBuilder().setConsumer(consumer).build();
  }

  private void ack(String consumer, String token) {
    calls()
        .ackSyncResults(
            AckSyncResultsRequest.newBuilder().setConsumer(consumer).setResumeToken(token).build());
  }

  @Test
  void watchWithoutATokenInItsTokenIsBadInput() throws Exception {
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder().setResumeToken("latest").build();
    StatusRuntimeException failure = refusal(() -> calls().watchSyncResults(request).hasNext());
    assertThat(violatedFields(failure)).containsExactly("resume_token");
  }

  @Test
  void tokenOfAnEarlierLifeIsOutOfRange() {
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder().setResumeToken("1-0").build();
    StatusRuntimeException failure = refusal(() -> calls().watchSyncResults(request).hasNext());
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failure.getStatus().getDescription()).containsPattern("[0-9]{13}-[0-9]+");
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
    Release release = satisfying(event.id());
    stage.store.publish(claim, release);
  }
}
