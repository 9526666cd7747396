package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.v1.AckSyncResultsRequest;
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
    assertThat(watch.start()).isEqualTo(new Start.Oldest());
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
    assertThat(watch.start()).isEqualTo(new Start.Behind(new ResultPosition(12, 3)));
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
  void watchMayStartWithWhatIsNewOnly() {
    Watch watch = Watch.read(WatchSyncResultsRequest.newBuilder().setOnlyNew(true).build());
    assertThat(watch.start()).isEqualTo(new Start.OnlyNew());
  }

  @Test
  void consumerStartsWhereItLeftOff() {
    assertThat(Watch.read(watchOf("my 🚀 relay").build()).start())
        .isEqualTo(new Start.Acknowledged("my 🚀 relay"));
  }

  @Test
  void tokenWinsOverTheConsumer() {
    assertThat(Watch.read(watchOf("relay").setResumeToken("12-3").build()).start())
        .isEqualTo(new Start.Behind(new ResultPosition(12, 3)));
  }

  @Test
  void consumerCannotLeaveResultsOut() {
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> Watch.read(watchOf("relay").setOnlyNew(true).build()));
    assertThat(((Refusal.BadInput) refused.refusal()).violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("only_new");
              assertThat(violation.description()).contains("acknowledgements are cumulative");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u0000", "\u007f", "\u0085"})
  void consumersNameHoldsNoControlCharacters(String name) {
    assertThat(violations(() -> Watch.read(watchOf(name).build()))).containsExactly("consumer");
    assertThat(violations(() -> AckCall.read(ack(name, "1-0")))).containsExactly("consumer");
  }

  @Test
  void consumersNameHasAtMost255Bytes() {
    assertThat(AckCall.read(ack("é".repeat(127) + "e", "1-0")).consumer()).hasSize(128);
    String tooLong = "é".repeat(128);
    assertThat(violations(() -> AckCall.read(ack(tooLong, "1-0")))).containsExactly("consumer");
    assertThat(violations(() -> Watch.read(watchOf(tooLong).build()))).containsExactly("consumer");
  }

  @Test
  void acknowledgementNamesAConsumerAndAPlace() {
    assertThat(AckCall.read(ack("relay", "12-3")))
        .isEqualTo(new AckCall("relay", new ResultPosition(12, 3)));
    assertThat(violations(() -> AckCall.read(AckSyncResultsRequest.getDefaultInstance())))
        .containsExactly("consumer", "resume_token");
    assertThat(violations(() -> AckCall.read(ack("relay", "latest"))))
        .containsExactly("resume_token");
  }

  private static WatchSyncResultsRequest.Builder watchOf(String consumer) {
    return WatchSyncResultsRequest.newBuilder().setConsumer(consumer);
  }

  private static AckSyncResultsRequest ack(String consumer, String token) {
    return AckSyncResultsRequest.newBuilder().setConsumer(consumer).setResumeToken(token).build();
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
