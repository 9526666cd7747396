package org.purgatory.sync.bench;

import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.RedisServer;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.SidecarProcess;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc.PurgatorySyncServiceStub;

/**
 * What an EnqueueSync call costs the packaged sidecar in processor time, with Redis behind it. The
 * signatures are not checked: they would be all that is measured.
 */
public final class GrpcBenchmark {

  private static final int EVENTS = 40_000;
  private static final int WARM_UP = 60_000;
  private static final int IN_FLIGHT = 64;
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  private GrpcBenchmark() {}

  /** Prints the figures. */
  public static void main(String[] arguments) throws Exception {
    Path root = Files.createDirectories(Path.of("target/bench-git-root"));
    List<RedisBinary> binaries = RedisBinary.all();
    try (RedisServer redis = RedisServer.start(binaries.get(binaries.size() - 1));
        SidecarProcess sidecar =
            SidecarProcess.builder()
                .config("purgatory.git.root", root)
                .config("purgatory.store", "redis")
                .config("quarkus.redis.hosts", redis.url())
                .config("purgatory.nostr.verify-signatures", false)
                .start();
        RelayClient relay = new RelayClient(sidecar)) {
      for (int eventsPerCall : new int[] {1, 20}) {
        List<EnqueueSyncRequest> requests = requests(WARM_UP + EVENTS, eventsPerCall);
        int warm = WARM_UP / eventsPerCall;
        send(relay, requests.subList(0, warm));
        Duration before = processorTime(sidecar);
        long start = System.nanoTime();
        send(relay, requests.subList(warm, requests.size()));
        double seconds = (System.nanoTime() - start) / 1e9;
        double processor = processorTime(sidecar).minus(before).toNanos() / 1e9;
        System.out.printf(
            "gRPC enqueue, %2d events a call: %,9.0f events/s, %,9.0f per second of processor%n",
            eventsPerCall, EVENTS / seconds, EVENTS / processor);
      }
    }
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
}
