package org.purgatory.sync.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/**
 * Sends responses to a gRPC call.
 *
 * @param call the call
 */
record CallSink(ServerCallStreamObserver<WatchSyncResultsResponse> call) implements ResponseSink {

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void send(WatchSyncResultsResponse response) {
    call.onNext(response);
  }

  @Override
  public void fail(Throwable failure) {
    if (!call.isCancelled()) {
      call.onError(Statuses.of(failure));
    }
  }
}
