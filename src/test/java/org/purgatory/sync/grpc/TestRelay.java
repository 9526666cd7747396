package org.purgatory.sync.grpc;

import static org.purgatory.sync.testkit.SampleReleases.satisfying;

import com.google.rpc.RetryInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.AckSyncResultsRequest;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.TriggerImmediateSyncRequest;
import org.purgatory.sync.v1.TriggerImmediateSyncResponse;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** A relay that calls the service of a stage, and whose events are satisfied when a test says. */
final class TestRelay {

  /** The owner of all repositories. */
  static final EventSigner ALICE = EventSigner.seeded("alice");

  /** A state of the repository that is triggered. */
  static final SignedEvent STATE =
      ALICE.state("repo").ref("refs/heads/main", "1".repeat(40)).sign();

  private final ServiceStage stage;

  TestRelay(ServiceStage stage) {
    this.stage = stage;
  }

  EnqueueSyncResponse enqueue(SignedEvent... events) {
    EnqueueSyncRequest.Builder request = EnqueueSyncRequest.newBuilder();
    List.of(events).forEach(event -> request.addPendingEvents(event.json()));
    return stage.calls().enqueueSync(request.build());
  }

  TriggerImmediateSyncResponse trigger() {
    return stage
        .calls()
        .triggerImmediateSync(
            TriggerImmediateSyncRequest.newBuilder()
                .setIdentifier("repo")
                .setDelay(com.google.protobuf.Duration.getDefaultInstance())
                .build());
  }

  void ack(String consumer, String token) {
    stage
        .calls()
        .ackSyncResults(
            AckSyncResultsRequest.newBuilder().setConsumer(consumer).setResumeToken(token).build());
  }

  /** Watches until there is a first response. */
  WatchSyncResultsResponse watch(WatchSyncResultsRequest request) {
    return watch(1, request).get(0);
  }

  /** The first responses of a stream: results, as long as there are any. */
  List<WatchSyncResultsResponse> watch(int count, WatchSyncResultsRequest request) {
    Iterator<WatchSyncResultsResponse> stream = stage.calls().watchSyncResults(request);
    return IntStream.range(0, count).mapToObj(i -> stream.next()).toList();
  }

  static WatchSyncResultsRequest watchOf(String consumer) {
    return WatchSyncResultsRequest.newBuilder().setConsumer(consumer).build();
  }

  /** Plays a run that finds everything. */
  void satisfy(SignedEvent event) {
    stage.store.publish(stage.claim(), satisfying(event.id()));
  }

  /** When a refused call may be made again. */
  static Duration retryAfter(StatusRuntimeException failure) throws Exception {
    RetryInfo retry = StatusProto.fromThrowable(failure).getDetails(0).unpack(RetryInfo.class);
    return Duration.ofSeconds(retry.getRetryDelay().getSeconds(), retry.getRetryDelay().getNanos());
  }
}
