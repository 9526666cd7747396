package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.TestRelay.ALICE;
import static org.purgatory.sync.grpc.TestRelay.STATE;
import static org.purgatory.sync.grpc.TestRelay.retryAfter;
import static org.purgatory.sync.testkit.RefusedCall.refusal;
import static org.purgatory.sync.testkit.RefusedCall.violatedFields;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.Context;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Bip340Check;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.PendingEventState;
import org.purgatory.sync.v1.PendingEventStatus;
import org.purgatory.sync.v1.TriggerImmediateSyncResponse;

/** Handing in events, and triggering, over the wire. */
class ServiceIT {

  private final Bip340Check signatures = new Bip340Check();

  @AutoClose
  private final ServiceStage stage =
      ServiceStage.withEngine(
          event -> {
            assertThat(Context.isOnEventLoopThread()).isFalse();
            return signatures.isValid(event);
          });

  private final TestRelay relay = new TestRelay(stage);

  @Test
  void enqueuedEventsAreAnsweredInRequestOrder() {
    SignedEvent other = ALICE.state("other").sign();
    EnqueueSyncResponse response = relay.enqueue(STATE, other, STATE);
    assertThat(response.getEventsList())
        .extracting(PendingEventStatus::getEventId)
        .containsExactly(STATE.id().hex(), other.id().hex(), STATE.id().hex());
    assertThat(response.getEventsList())
        .allMatch(e -> e.getState() == PendingEventState.PENDING_EVENT_STATE_QUEUED)
        .allMatch(PendingEventStatus::hasNextAttempt);
    assertThat(relay.enqueue(STATE).getEvents(0).getState())
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_ALREADY_PENDING);
  }

  @Test
  void emptyRequestIsAnsweredWithAnEmptyList() {
    assertThat(relay.enqueue().getEventsList()).isEmpty();
  }

  @Test
  void triggerWithoutPendingEventsSchedulesNothing() {
    TriggerImmediateSyncResponse response = relay.trigger();
    assertThat(response.getScheduled()).isFalse();
    assertThat(response.getPendingEvents()).isZero();
    assertThat(response.hasNextAttempt()).isFalse();
    relay.enqueue(STATE);
    assertThat(relay.trigger().getScheduled()).isTrue();
  }

  @Test
  void badInputIsListedAndNothingIsStored() throws Exception {
    EnqueueSyncRequest request =
        EnqueueSyncRequest.newBuilder()
            .addPendingEvents(STATE.json())
            .addPendingEvents(STATE.json().replace("\"sig\":\"", "\"sig\":\"0"))
            .build();
    StatusRuntimeException failure = refusal(() -> stage.calls().enqueueSync(request));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(violatedFields(failure)).containsExactly("pending_events[1]");
    assertThat(relay.trigger().getScheduled()).isFalse();
  }

  @Test
  void thousandsOfViolationsStillReachTheClient() throws Exception {
    EnqueueSyncRequest.Builder request = EnqueueSyncRequest.newBuilder();
    IntStream.range(0, 5000).forEach(i -> request.addPendingEvents("nonsense"));
    StatusRuntimeException failure = refusal(() -> stage.calls().enqueueSync(request.build()));
    assertThat(failure.getStatus().getDescription())
        .startsWith("pending_events[0]: ")
        .contains("4999 more");
    assertThat(violatedFields(failure)).contains("pending_events[9]");
  }

  @Test
  void fullQueueSaysWhenToComeBack() throws Exception {
    IntStream.range(0, 10).forEach(i -> relay.enqueue(ALICE.state("repo-" + i).sign()));
    assertFull(refusal(() -> relay.enqueue(STATE)), "purgatory.limits.identifiers (10)");
  }

  @Test
  void identifierWithTooManyEventsSaysWhenToComeBack() throws Exception {
    SignedEvent[] events =
        IntStream.range(0, 101)
            .mapToObj(i -> ALICE.state("repo").ref("refs/heads/b" + i, "1".repeat(40)).sign())
            .toArray(SignedEvent[]::new);
    assertFull(
        refusal(() -> relay.enqueue(events)), "purgatory.limits.events-per-identifier (100)");
    assertThat(relay.trigger().getScheduled()).isFalse();
  }

  private static void assertFull(StatusRuntimeException failure, String bound) throws Exception {
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.getStatus().getDescription()).startsWith(bound);
    assertThat(retryAfter(failure)).isPositive();
  }
}
