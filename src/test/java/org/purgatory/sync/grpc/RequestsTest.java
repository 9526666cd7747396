package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.v1.TriggerImmediateSyncRequest;
import org.purgatory.sync.v1.WatchSyncResultsRequest;

class RequestsTest {

  @Test
  void triggerWithoutDelayGetsTheImmediateOne() {
    assertThat(TriggerCall.read(trigger("my 🚀 repo").build(), Samples.SETTINGS))
        .isEqualTo(
            new TriggerCall(
                new RepositoryIdentifier("my 🚀 repo"), Samples.SETTINGS.immediateDelay()));
  }

  @Test
  void triggerWithDelayZeroIsDueAtOnce() {
    TriggerCall call =
        TriggerCall.read(
            trigger("repo").setDelay(Duration.getDefaultInstance()).build(), Samples.SETTINGS);
    assertThat(call.delay()).isZero();
  }

  @Test
  void triggerSaysAllThatIsWrong() {
    TriggerImmediateSyncRequest request =
        trigger("../etc").setDelay(Duration.newBuilder().setNanos(-1)).build();
    assertThat(violations(() -> TriggerCall.read(request, Samples.SETTINGS)))
        .containsExactly("identifier", "delay");
  }

  @Test
  void triggerWithoutIdentifierIsBadInput() {
    assertThat(violations(() -> TriggerCall.read(trigger("").build(), Samples.SETTINGS)))
        .containsExactly("identifier");
  }

  @Test
  void watchWithoutAnythingStartsAtTheOldestResult() {
    Watch watch = Watch.read(WatchSyncResultsRequest.getDefaultInstance());
    assertThat(watch.fromOldest()).isTrue();
    assertThat(watch.wants(Results.of("anything"))).isTrue();
  }

  @Test
  void watchTakesTokenAndFilterOver() {
    Watch watch =
        Watch.read(
            WatchSyncResultsRequest.newBuilder()
                .setResumeToken("12-3")
                .addIdentifiers("a")
                .addIdentifiers("b")
                .addIdentifiers("a")
                .build());
    assertThat(watch.resumeFrom()).contains(new ResultPosition(12, 3));
    assertThat(watch.fromOldest()).isFalse();
    assertThat(watch.wants(Results.of("b"))).isTrue();
    assertThat(watch.wants(Results.of("c"))).isFalse();
  }

  @Test
  void watchSaysAllThatIsWrong() {
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder()
            .setResumeToken("latest")
            .setOnlyNew(true)
            .addIdentifiers("fine")
            .addIdentifiers("a/b")
            .build();
    assertThat(violations(() -> Watch.read(request)))
        .containsExactly("resume_token", "only_new", "identifiers[1]");
  }

  @Test
  void consumersAreNotThereYet() {
    WatchSyncResultsRequest request =
        WatchSyncResultsRequest.newBuilder().setConsumer("relay").build();
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> Watch.read(request));
    assertThat(refused.refusal()).isInstanceOf(Refusal.NotYet.class);
  }

  private static TriggerImmediateSyncRequest.Builder trigger(String identifier) {
    return TriggerImmediateSyncRequest.newBuilder().setIdentifier(identifier);
  }

  private static List<String> violations(Callable<?> reading) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, reading::call);
    return ((Refusal.BadInput) refused.refusal())
        .violations().stream().map(Violation::field).toList();
  }
}
