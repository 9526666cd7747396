package org.purgatory.sync.bench;

import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.ProcessMemory;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.SyncOutcome;
import org.purgatory.sync.v1.SyncResult;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/**
 * One sidecar that fetches, each time into a repository of an identifier of its own. Results are
 * taken down by the thread that reads them from the network.
 */
final class Transfers implements AutoCloseable, StreamObserver<WatchSyncResultsResponse> {

  private static final EventSigner ALICE = EventSigner.seeded("alice");

  private static final Duration WAITS = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final RelayStage stage;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private int fetches;

  /** Starts it below an empty directory, with limits that bound nothing. */
  Transfers(Path directory, Packaging packaging) {
    stage =
        RelayStage.in(
            directory,
            sidecar ->
                packaging
                    .chosen()
                    .apply(sidecar)
                    .config("purgatory.throttle.max-per-minute", 100_000)
                    // What does not fit into the heap is given up, and the table says so.
                    .config("purgatory.sync.expiry", "3m"));
    PurgatorySyncServiceGrpc.newStub(stage.relay().channel())
        .withExecutor(Runnable::run)
        .watchSyncResults(WatchSyncResultsRequest.getDefaultInstance(), this);
  }

  /**
   * How long it takes from when an event that waits is due, as it is told to be, to its release.
   */
  Duration fetch(Sample sample) {
    String identifier = "r" + ++fetches;
    stage.host(ALICE, identifier);
    SignedEvent announcement = ALICE.announcement(identifier).cloneUrls(sample.url()).sign();
    SignedEvent state = ALICE.state(identifier).ref("refs/heads/main", sample.tip()).sign();
    stage.relay().enqueue(WAITS.toMillis(), List.of(state), List.of(announcement));
    long start = System.nanoTime();
    stage.relay().trigger(identifier);
    Arrival released = arrivalOf(state);
    if (released.result().getOutcome() != SyncOutcome.SYNC_OUTCOME_SATISFIED) {
      throw new AssertionError("not fetched:\n" + stage.sidecar().log());
    }
    return Duration.ofNanos(released.nanoTime() - start);
  }

  private Arrival arrivalOf(SignedEvent event) {
    try {
      while (true) {
        Arrival next = arrivals.poll(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
          throw new AssertionError("no result:\n" + stage.sidecar().log());
        }
        if (next.result().getEventIdsList().contains(event.id().hex())) {
          return next;
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void onNext(WatchSyncResultsResponse response) {
    arrivals.add(new Arrival(response.getResult(), System.nanoTime()));
  }

  @Override
  public void onError(Throwable end) {
    // The sidecar has ended, and whoever waits for a result will see none.
  }

  @Override
  public void onCompleted() {
    // As above.
  }

  /** The most memory that the sidecar has taken so far, in MB. */
  long peakMegabytes() {
    return ProcessMemory.peak(stage.sidecar().pid()) >> 20;
  }

  @Override
  public void close() {
    stage.close();
  }

  private record Arrival(SyncResult result, long nanoTime) {}
}
