package org.purgatory.sync.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** A watching client that takes as many responses as a test says. */
final class TestWatch
    implements ClientResponseObserver<WatchSyncResultsRequest, WatchSyncResultsResponse> {

  private static final int KEPT = 100;

  final List<WatchSyncResultsResponse> first = new CopyOnWriteArrayList<>();
  final AtomicInteger count = new AtomicInteger();
  volatile Status end;
  private final int appetite;
  private ClientCallStreamObserver<WatchSyncResultsRequest> call;

  private TestWatch(int appetite) {
    this.appetite = appetite;
  }

  /** Watches everything, and takes so many responses. */
  static TestWatch start(ManagedChannel channel, int appetite) {
    TestWatch watch = new TestWatch(appetite);
    PurgatorySyncServiceGrpc.newStub(channel)
        .watchSyncResults(WatchSyncResultsRequest.getDefaultInstance(), watch);
    return watch;
  }

  /** Takes more responses. */
  void take(int more) {
    call.request(more);
  }

  void cancel() {
    call.cancel("the test has seen enough", null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchSyncResultsRequest> stream) {
    call = stream;
    call.disableAutoRequestWithInitial(appetite);
  }

  @Override
  public void onNext(WatchSyncResultsResponse response) {
    if (count.incrementAndGet() <= KEPT) {
      first.add(response);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end = Status.fromThrowable(failure);
  }

  @Override
  public void onCompleted() {
    end = Status.OK;
  }
}
