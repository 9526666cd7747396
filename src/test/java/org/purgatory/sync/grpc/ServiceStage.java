package org.purgatory.sync.grpc;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServiceBridge;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.purgatory.sync.nostr.EventLimits;
import org.purgatory.sync.nostr.GitEvents;
import org.purgatory.sync.nostr.SignatureCheck;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncEngine;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.sync.UrlPolicy;
import org.purgatory.sync.testkit.Line;
import org.purgatory.sync.testkit.SampleSettings;
import org.purgatory.sync.testkit.SilentMetrics;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;

/**
 * The service on the server that it has in production, the HTTP server's, on the real engine and
 * the embedded store. Nothing runs by itself there: the tests play the runs.
 */
final class ServiceStage implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(1);
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final int port;
  final Line line = new Line();
  final MemorySyncStore store;
  final MemoryDomainThrottle throttle;

  private ServiceStage(MemorySyncStore store, ResultLog log, SignatureCheck signatures) {
    this.store = store;
    Clock clock = Clock.systemUTC();
    Timer never = (delay, task) -> () -> {};
    throttle = new MemoryDomainThrottle(SampleSettings.THROTTLE, clock, never);
    PurgatorySyncGrpcService service =
        new PurgatorySyncGrpcService(
            engine(line.to(SyncStore.class, store), throttle, clock, never),
            line.to(ResultLog.class, log),
            line.to(DomainThrottle.class, throttle),
            new GitEvents(signatures, EventLimits.DEFAULT),
            clock,
            this::schedule,
            Samples.SETTINGS);
    GrpcServer grpc = GrpcServer.server(vertx);
    ServerServiceDefinition intercepted =
        ServerInterceptors.intercept(service, new LostConnections());
    GrpcServiceBridge.bridge(intercepted).bind(grpc);
    Router router = Router.router(vertx);
    router.route().handler(http -> handle(grpc, http));
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0));
    port =
        server
            .requestHandler(router)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
  }

  static ServiceStage withEngine(SignatureCheck signatures) {
    MemorySyncStore store = store();
    return new ServiceStage(store, store.results(), signatures);
  }

  static ServiceStage withLog(ResultLog log) {
    return new ServiceStage(store(), log, SignatureCheck.TRUSTING);
  }

  /** As Quarkus does it. */
  private static void handle(GrpcServer grpc, RoutingContext http) {
    Vertx.currentContext().putLocal(RoutingContext.class.getName(), http);
    grpc.handle(http.request());
  }

  /** A connection of its own. */
  ManagedChannel connect() {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  /** Calls on a connection of their own, which fail if they take long. */
  PurgatorySyncServiceGrpc.PurgatorySyncServiceBlockingStub calls() {
    return PurgatorySyncServiceGrpc.newBlockingStub(connect())
        .withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  /** Claims the identifier that is due first, for a run that the test plays. */
  Claim claim() {
    return store.claimDue(1).toCompletableFuture().join().claimed().get(0).claim();
  }

  private static MemorySyncStore store() {
    return new MemorySyncStore(SampleSettings.queue(10, 100, 100_000), Clock.systemUTC());
  }

  private static SyncEngine engine(
      SyncStore store, DomainThrottle throttle, Clock clock, Timer never) {
    return new SyncEngine(
        store,
        throttle,
        null,
        null,
        new SilentMetrics(),
        new EngineSettings(
            1, Duration.ofMinutes(1), Duration.ofMinutes(1), new UrlPolicy(Set.of(), true)),
        clock,
        never,
        task -> {});
  }

  private Runnable schedule(Duration delay, Runnable task) {
    Future<?> future = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    scheduler.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
