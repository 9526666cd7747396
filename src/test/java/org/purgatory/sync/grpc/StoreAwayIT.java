package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.TestRelay.STATE;
import static org.purgatory.sync.grpc.TestRelay.retryAfter;
import static org.purgatory.sync.grpc.TestRelay.watchOf;
import static org.purgatory.sync.testkit.RefusedCall.refusal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.SignatureCheck;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.v1.WatchSyncResultsRequest;

/** What clients hear while the store is away. */
class StoreAwayIT {

  private static final Duration SOON = Duration.ofSeconds(10);

  @AutoClose private final ServiceStage stage = ServiceStage.withEngine(SignatureCheck.TRUSTING);
  private final TestRelay relay = new TestRelay(stage);

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
            () -> relay.enqueue(STATE),
            relay::trigger,
            () -> relay.ack("relay", "1-0"),
            () -> relay.watch(WatchSyncResultsRequest.getDefaultInstance()),
            () -> relay.watch(watchOf("relay")));
    for (ThrowingCallable call : all) {
      StatusRuntimeException failure = refusal(call);
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(failure.getStatus().getDescription()).isEqualTo("the store is away");
      assertThat(retryAfter(failure)).isEqualTo(Duration.ofSeconds(1));
    }
    stage.line.mend();
    assertThat(relay.enqueue(STATE).getEventsCount()).isEqualTo(1);
  }

  @Test
  void badInputIsBadInputWhateverTheStoreDoes() {
    stage.line.cut();
    assertThat(refusal(() -> relay.ack("", "1-0")).getStatus().getCode())
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
}
