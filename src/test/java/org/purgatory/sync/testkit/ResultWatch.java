package org.purgatory.sync.testkit;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.purgatory.sync.v1.SyncOutcome;
import org.purgatory.sync.v1.SyncResult;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** A stream of results, as far as it has come. */
public final class ResultWatch implements AutoCloseable {

  private final List<WatchSyncResultsResponse> responses = new ArrayList<>();
  private ClientCallStreamObserver<WatchSyncResultsRequest> call;
  private Status end;

  ResultWatch() {}

  /** All responses so far, bookmarks included. */
  public synchronized List<WatchSyncResultsResponse> responses() {
    return List.copyOf(responses);
  }

  /** The results so far. */
  public List<SyncResult> results() {
    return responses().stream()
        .filter(WatchSyncResultsResponse::hasResult)
        .map(WatchSyncResultsResponse::getResult)
        .toList();
  }

  /** The events that left with an outcome so far, in order. */
  public List<String> events(SyncOutcome outcome) {
    return results().stream()
        .filter(result -> result.getOutcome() == outcome)
        .flatMap(result -> result.getEventIdsList().stream())
        .toList();
  }

  /** The satisfied events so far, in order. */
  public List<String> satisfied() {
    return events(SyncOutcome.SYNC_OUTCOME_SATISFIED);
  }

  /** Waits until an event is satisfied, and answers the result that holds it. */
  public SyncResult awaitSatisfied(Duration atMost, SignedEvent event) {
    String id = event.id().hex();
    Predicate<SyncResult> holdsIt =
        r ->
            r.getOutcome() == SyncOutcome.SYNC_OUTCOME_SATISFIED
                && r.getEventIdsList().contains(id);
    Await.until(atMost, "result for " + id, () -> results().stream().anyMatch(holdsIt));
    return results().stream().filter(holdsIt).findFirst().orElseThrow();
  }

  /** The token of the last response. */
  public synchronized String lastToken() {
    return responses.get(responses.size() - 1).getResumeToken();
  }

  /** How the stream ended, if it has. */
  public synchronized Optional<Status> end() {
    return Optional.ofNullable(end);
  }

  @Override
  public void close() {
    call.cancel("the test has seen enough", null);
  }

  ClientResponseObserver<WatchSyncResultsRequest, WatchSyncResultsResponse> observer() {
    return new Observer();
  }

  private final class Observer
      implements ClientResponseObserver<WatchSyncResultsRequest, WatchSyncResultsResponse> {

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchSyncResultsRequest> stream) {
      call = stream;
    }

    @Override
    public void onNext(WatchSyncResultsResponse response) {
      synchronized (ResultWatch.this) {
        responses.add(response);
      }
    }

    @Override
    public void onError(Throwable failure) {
      synchronized (ResultWatch.this) {
        end = Status.fromThrowable(failure);
      }
    }

    @Override
    public void onCompleted() {
      synchronized (ResultWatch.this) {
        end = Status.OK;
      }
    }
  }
}
