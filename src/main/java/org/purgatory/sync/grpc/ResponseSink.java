package org.purgatory.sync.grpc;

import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** Where a stream's responses go. Used on the call's own thread only. */
interface ResponseSink {

  /** Whether a response would go out now, rather than pile up because the client does not read. */
  boolean isReady();

  /** Sends a response. */
  void send(WatchSyncResultsResponse response);

  /** Ends the stream with a failure. Nothing is sent afterwards. */
  void fail(Throwable failure);
}
