package org.purgatory.sync.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.RedisServer;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.SidecarProcess;

/**
 * What an EnqueueSync call costs the packaged sidecar in processor time, with Redis behind it. The
 * signatures are not checked: they would be all that is measured.
 */
public final class GrpcBenchmark {

  private static final int EVENTS = 40_000;
  private static final int WARM_UP = 60_000;

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
        EnqueueLoad load = new EnqueueLoad(eventsPerCall, WARM_UP, EVENTS);
        EnqueueLoad.Rate rate = load.measure(relay, sidecar);
        System.out.printf(
            "gRPC enqueue, %2d events a call: %,9.0f events/s, %,9.0f per second of processor%n",
            eventsPerCall, rate.perSecond(), rate.perProcessorSecond());
      }
    }
  }
}
