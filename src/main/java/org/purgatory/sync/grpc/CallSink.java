package org.purgatory.sync.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/**
 * Sends responses to a gRPC call.
 *
 * @param call the call
 * @param ends hears how it goes
 */
record CallSink(ServerCallStreamObserver<WatchSyncResultsResponse> call, CallEnds ends)
    implements ResponseSink {

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void send(WatchSyncResultsResponse response) {
    ends.worked();
    call.onNext(response);
  }

  @Override
  public void fail(Throwable failure) {
    if (!call.isCancelled()) {
      call.onError(ends.failed(failure));
    }
  }
}
