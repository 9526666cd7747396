package org.purgatory.sync.testkit;

import com.google.protobuf.Duration;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.purgatory.sync.v1.AckSyncResultsRequest;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.TriggerImmediateSyncRequest;
import org.purgatory.sync.v1.TriggerImmediateSyncResponse;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** The relay's side of the contract. */
public final class RelayClient implements AutoCloseable {

  private static final long CALL_SECONDS = 20;

  private final ManagedChannel channel;

  /** Connects to a sidecar. */
  public RelayClient(SidecarProcess sidecar) {
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", sidecar.grpcPort()).usePlaintext().build();
  }

  /** Hands a pending event in, due at once, with an announcement that the relay serves. */
  public EnqueueSyncResponse enqueue(SignedEvent pending, SignedEvent... known) {
    return enqueue(0, List.of(pending), List.of(known));
  }

  /** Hands events in. */
  public EnqueueSyncResponse enqueue(
      long delayMillis, List<SignedEvent> pending, List<SignedEvent> known) {
    return enqueue(
        EnqueueSyncRequest.newBuilder()
            .addAllPendingEvents(pending.stream().map(SignedEvent::json).toList())
            .addAllKnownEvents(known.stream().map(SignedEvent::json).toList())
            .setDelay(millis(delayMillis))
            .build());
  }

  /** Hands anything in. */
  public EnqueueSyncResponse enqueue(EnqueueSyncRequest request) {
    return calls().enqueueSync(request);
  }

  /** Says that a push just arrived. */
  public TriggerImmediateSyncResponse trigger(String identifier) {
    return calls()
        .triggerImmediateSync(
            TriggerImmediateSyncRequest.newBuilder()
                .setIdentifier(identifier)
                .setDelay(millis(0))
                .build());
  }

  /** Watches from the oldest retained result. */
  public ResultWatch watch() {
    return watch(WatchSyncResultsRequest.getDefaultInstance());
  }

  /** Watches. */
  public ResultWatch watch(WatchSyncResultsRequest request) {
    ResultWatch watch = new ResultWatch();
    StreamObserver<WatchSyncResultsResponse> observer = watch.observer();
    PurgatorySyncServiceGrpc.newStub(channel).watchSyncResults(request, observer);
    return watch;
  }

  /** Says that a consumer has dealt with everything up to a token. */
  public void acknowledge(String consumer, String token) {
    calls()
        .ackSyncResults(
            AckSyncResultsRequest.newBuilder().setConsumer(consumer).setResumeToken(token).build());
  }

  /** For calls that this class has no word for. */
  public PurgatorySyncServiceGrpc.PurgatorySyncServiceBlockingStub calls() {
    return PurgatorySyncServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }

  /** The channel, for other services. */
  public ManagedChannel channel() {
    return channel;
  }

  /** Ids as they stand in messages. */
  public static List<String> ids(SignedEvent... events) {
    return Stream.of(events).map(event -> event.id().hex()).toList();
  }

  private static Duration millis(long millis) {
    return Duration.newBuilder()
        .setSeconds(millis / 1000)
        .setNanos((int) (millis % 1000) * 1_000_000)
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
