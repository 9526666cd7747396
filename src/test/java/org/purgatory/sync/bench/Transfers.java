package org.purgatory.sync.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.ProcessMemory;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.SyncOutcome;
import org.purgatory.sync.v1.SyncResult;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/** One sidecar that fetches, each time into a repository of an identifier of its own. */
final class Transfers implements AutoCloseable {

  private static final EventSigner ALICE = EventSigner.seeded("alice");

  private static final Duration WAITS = Duration.ofMinutes(1);

  private final RelayStage stage;
  private final Iterator<WatchSyncResultsResponse> responses;
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
    responses =
        PurgatorySyncServiceGrpc.newBlockingStub(stage.relay().channel())
            .watchSyncResults(WatchSyncResultsRequest.getDefaultInstance());
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
    SyncOutcome outcome = outcomeOf(state);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    if (outcome != SyncOutcome.SYNC_OUTCOME_SATISFIED) {
      throw new AssertionError("not fetched:\n" + stage.sidecar().log());
    }
    return time;
  }

  private SyncOutcome outcomeOf(SignedEvent event) {
    while (true) {
      SyncResult result = responses.next().getResult();
      if (result.getEventIdsList().contains(event.id().hex())) {
        return result.getOutcome();
      }
    }
  }

  /** The most memory that the sidecar has taken so far, in MB. */
  long peakMegabytes() {
    return ProcessMemory.peak(stage.sidecar().pid()) >> 20;
  }

  @Override
  public void close() {
    stage.close();
  }
}
