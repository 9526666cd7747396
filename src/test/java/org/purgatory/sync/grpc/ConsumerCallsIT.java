package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.grpc.TestRelay.ALICE;
import static org.purgatory.sync.grpc.TestRelay.watchOf;
import static org.purgatory.sync.testkit.RefusedCall.refusal;
import static org.purgatory.sync.testkit.RefusedCall.violatedFields;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.SignatureCheck;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** Acknowledging results and going on behind them, over the wire. */
class ConsumerCallsIT {

  @AutoClose private final ServiceStage stage = ServiceStage.withEngine(SignatureCheck.TRUSTING);
  private final TestRelay relay = new TestRelay(stage);

  @Test
  void consumerGoesOnBehindWhatItAcknowledged() {
    List<WatchSyncResultsResponse> results = threeResults();
    assertThat(tokensFor("relay", 3)).isEqualTo(tokens(results));
    relay.ack("relay", results.get(1).getResumeToken());
    relay.ack("relay", results.get(1).getResumeToken());
    relay.ack("relay", results.get(0).getResumeToken());
    assertThat(tokensFor("relay", 1)).containsExactly(results.get(2).getResumeToken());
    assertThat(tokensFor("other", 3)).isEqualTo(tokens(results));
    WatchSyncResultsRequest withToken =
        watchOf("relay").toBuilder().setResumeToken(results.get(0).getResumeToken()).build();
    assertThat(tokens(relay.watch(2, withToken)))
        .containsExactly(results.get(1).getResumeToken(), results.get(2).getResumeToken());
  }

  @Test
  void acknowledgementOfWhatIsAheadOfEverythingIsOutOfRange() {
    String oldest = relay.watch(WatchSyncResultsRequest.getDefaultInstance()).getResumeToken();
    threeResults();
    StatusRuntimeException failure = refusal(() -> relay.ack("relay", "99999999999999-0"));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failure.getStatus().getDescription()).endsWith("oldest resume token is " + oldest);
    assertThat(tokensFor("relay", 3)).hasSize(3);
  }

  @Test
  void consumerOfAnEarlierLifeIsOutOfRange() {
    relay.ack("relay", "1-0");
    StatusRuntimeException failure = refusal(() -> relay.watch(watchOf("relay")));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failure.getStatus().getDescription()).containsPattern("[0-9]{13}-[0-9]+");
  }

  @Test
  void badConsumersAndTokensAreListed() throws Exception {
    assertThat(violatedFields(refusal(() -> relay.ack("a\nb", "latest"))))
        .containsExactly("consumer", "resume_token");
    WatchSyncResultsRequest onlyNew = watchOf("relay").toBuilder().setOnlyNew(true).build();
    assertThat(violatedFields(refusal(() -> relay.watch(onlyNew)))).containsExactly("only_new");
  }

  private List<WatchSyncResultsResponse> threeResults() {
    for (String repo : List.of("a", "b", "c")) {
      SignedEvent event = ALICE.state(repo).ref("refs/heads/main", "1".repeat(40)).sign();
      stage
          .calls()
          .enqueueSync(
              EnqueueSyncRequest.newBuilder()
                  .addPendingEvents(event.json())
                  .setDelay(com.google.protobuf.Duration.getDefaultInstance())
                  .build());
      relay.satisfy(event);
    }
    return relay.watch(3, WatchSyncResultsRequest.getDefaultInstance());
  }

  private List<String> tokensFor(String consumer, int count) {
    return tokens(relay.watch(count, watchOf(consumer)));
  }

  private static List<String> tokens(List<WatchSyncResultsResponse> responses) {
    return responses.stream().map(WatchSyncResultsResponse::getResumeToken).toList();
  }
}
