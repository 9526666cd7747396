package org.purgatory.sync.grpc;

import java.util.ArrayList;
import java.util.List;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** A client that reads as fast as a test lets it. */
final class FakeClient implements ResponseSink {

  private int credit = Integer.MAX_VALUE;
  final List<WatchSyncResultsResponse> responses = new ArrayList<>();
  Throwable failure;

  /** Takes no more than so many responses until told otherwise. */
  void takes(int more) {
    credit = more;
  }

  List<WatchSyncResultsResponse> results() {
    return responses.stream().filter(WatchSyncResultsResponse::hasResult).toList();
  }

  List<WatchSyncResultsResponse> bookmarks() {
    return responses.stream().filter(WatchSyncResultsResponse::hasBookmark).toList();
  }

  /** The identifiers of the results, in order. */
  List<String> identifiers() {
    return results().stream().map(response -> response.getResult().getIdentifier()).toList();
  }

  /** The tokens of all responses, in order. */
  List<String> tokens() {
    return responses.stream().map(WatchSyncResultsResponse::getResumeToken).toList();
  }

  @Override
  public boolean isReady() {
    return credit > 0;
  }

  @Override
  public void send(WatchSyncResultsResponse response) {
    if (credit == 0 || failure != null) {
      throw new AssertionError("sent to a client that is not ready");
    }
    credit--;
    responses.add(response);
  }

  @Override
  public void fail(Throwable end) {
    failure = end;
  }
}
