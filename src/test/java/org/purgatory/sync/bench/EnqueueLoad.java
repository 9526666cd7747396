package org.purgatory.sync.bench;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.SidecarProcess;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc.PurgatorySyncServiceStub;

/** EnqueueSync calls with events of ever new identifiers, signed before anything is measured. */
final class EnqueueLoad {

  private static final int IN_FLIGHT = 64;
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  private final List<EnqueueSyncRequest> warmUp;
  private final List<EnqueueSyncRequest> measured;
  private final int events;

  EnqueueLoad(int eventsPerCall, int warmUpEvents, int events) {
    List<EnqueueSyncRequest> all = requests(warmUpEvents + events, eventsPerCall);
    int warm = warmUpEvents / eventsPerCall;
    this.warmUp = all.subList(0, warm);
    this.measured = all.subList(warm, all.size());
    this.events = events;
  }

  private static List<EnqueueSyncRequest> requests(int events, int perCall) {
    List<EnqueueSyncRequest> requests = new ArrayList<>();
    EnqueueSyncRequest.Builder request = EnqueueSyncRequest.newBuilder();
    for (int i = 0; i < events; i++) {
      String repo = "r" + perCall + "-" + i;
      request.addPendingEvents(
          ALICE.state(repo).ref("refs/heads/main", "1".repeat(40)).sign().json());
      if (request.getPendingEventsCount() == perCall) {
        requests.add(request.build());
        request = EnqueueSyncRequest.newBuilder();
      }
    }
    return requests;
  }

  Rate measure(RelayClient relay, SidecarProcess sidecar) throws InterruptedException {
    send(relay, warmUp);
    Duration before = processorTime(sidecar);
    long start = System.nanoTime();
    send(relay, measured);
    double seconds = (System.nanoTime() - start) / 1e9;
    double processor = processorTime(sidecar).minus(before).toNanos() / 1e9;
    return new Rate(events / seconds, events / processor);
  }

  private static void send(RelayClient relay, List<EnqueueSyncRequest> requests)
      throws InterruptedException {
    PurgatorySyncServiceStub calls = PurgatorySyncServiceGrpc.newStub(relay.channel());
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (EnqueueSyncRequest request : requests) {
      inFlight.acquire();
      calls.enqueueSync(
          request,
          new StreamObserver<>() {
            @Override
            public void onNext(EnqueueSyncResponse response) {}

            @Override
            public void onError(Throwable e) {
              failure.set(e);
              inFlight.release();
            }

            @Override
            public void onCompleted() {
              inFlight.release();
            }
          });
    }
    inFlight.acquire(IN_FLIGHT);
    if (failure.get() != null) {
      throw new AssertionError("a call failed", failure.get());
    }
  }

  private static Duration processorTime(SidecarProcess sidecar) {
    return ProcessHandle.of(sidecar.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  /**
   * How many events were taken in.
   *
   * @param perSecond in a second
   * @param perProcessorSecond in a second of the sidecar's processor time
   */
  record Rate(double perSecond, double perProcessorSecond) {}
}
