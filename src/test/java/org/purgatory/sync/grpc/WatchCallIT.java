package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.TestRelay.STATE;
import static org.purgatory.sync.testkit.RefusedCall.refusal;
import static org.purgatory.sync.testkit.RefusedCall.violatedFields;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.SignatureCheck;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.v1.PendingEventState;
import org.purgatory.sync.v1.WatchSyncResultsRequest;

/** Watching results, over the wire. */
class WatchCallIT {

  private static final Duration SOON = Duration.ofSeconds(10);

  @AutoClose private final ServiceStage stage = ServiceStage.withEngine(SignatureCheck.TRUSTING);
  private final TestRelay relay = new TestRelay(stage);

  @Test
  void satisfiedEventReachesTheWatcherThatWaitsForIt() {
    TestWatch watch = TestWatch.start(stage.connect(), 100);
    Await.until(SOON, "first bookmark", () -> watch.count.get() >= 1);
    relay.enqueue(STATE);
    relay.trigger();
    relay.satisfy(STATE);
    Await.until(SOON, "result", () -> watch.first.stream().anyMatch(r -> r.hasResult()));
    assertThat(watch.first)
        .filteredOn(response -> response.hasResult())
        .singleElement()
        .satisfies(
            r -> assertThat(r.getResult().getEventIdsList()).containsExactly(STATE.id().hex()));
    assertThat(relay.enqueue(STATE).getEvents(0).getState())
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_SATISFIED);
  }

  @Test
  void quietStreamGetsBookmarks() {
    TestWatch watch = TestWatch.start(stage.connect(), 100);
    Await.until(SOON, "three bookmarks", () -> watch.count.get() >= 3);
    assertThat(watch.first).allMatch(response -> response.hasBookmark());
  }

  @Test
  void watchWithoutATokenInItsTokenIsBadInput() throws Exception {
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder().setResumeToken("latest").build();
    StatusRuntimeException failure = refusal(() -> relay.watch(request));
    assertThat(violatedFields(failure)).containsExactly("resume_token");
  }

  @Test
  void tokenOfAnEarlierLifeIsOutOfRange() {
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder().setResumeToken("1-0").build();
    StatusRuntimeException failure = refusal(() -> relay.watch(request));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failure.getStatus().getDescription()).containsPattern("[0-9]{13}-[0-9]+");
  }
}
