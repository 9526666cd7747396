package org.purgatory.sync.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.purgatory.sync.nostr.GitEvents;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncEngine;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.v1.AckSyncResultsRequest;
import org.purgatory.sync.v1.AckSyncResultsResponse;
import org.purgatory.sync.v1.CancelSyncRequest;
import org.purgatory.sync.v1.CancelSyncResponse;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.GetSyncStatusRequest;
import org.purgatory.sync.v1.GetSyncStatusResponse;
import org.purgatory.sync.v1.ListDomainsRequest;
import org.purgatory.sync.v1.ListDomainsResponse;
import org.purgatory.sync.v1.ListSyncsRequest;
import org.purgatory.sync.v1.ListSyncsResponse;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.TriggerImmediateSyncRequest;
import org.purgatory.sync.v1.TriggerImmediateSyncResponse;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/**
 * The service that relays call. Methods of the contract that it does not have yet answer {@code
 * UNIMPLEMENTED}.
 *
 * <p>It extends the plain stub because a stream made of a {@code Multi} has no back-pressure here:
 * one client that stalls would fill the memory.
 */
@GrpcService
public class PurgatorySyncGrpcService
    extends PurgatorySyncServiceGrpc.PurgatorySyncServiceImplBase {

  private final SyncEngine engine;
  private final ResultLog log;
  private final DomainThrottle throttle;
  private final EnqueueReader reader;
  private final Clock clock;
  private final Timer timer;
  private final GrpcSettings settings;
  private final CallEnds ends;

  /**
   * Makes the service.
   *
   * @param engine where events go
   * @param log where results come from
   * @param throttle the limits towards domains
   * @param events reads events
   * @param clock the one clock
   * @param timer what tells that streams have been quiet
   * @param settings how to treat calls
   */
  public PurgatorySyncGrpcService(
      SyncEngine engine,
      ResultLog log,
      DomainThrottle throttle,
      GitEvents events,
      Clock clock,
      Timer timer,
      GrpcSettings settings) {
    this.engine = engine;
    this.log = log;
    this.throttle = throttle;
    this.reader = new EnqueueReader(events, settings);
    this.clock = clock;
    this.timer = timer;
    this.settings = settings;
    this.ends = new CallEnds(clock);
  }

  @Override
  public void enqueueSync(
      EnqueueSyncRequest request, StreamObserver<EnqueueSyncResponse> response) {
    Uni<EnqueueSyncResponse> answer =
        Uni.createFrom()
            .item(() -> reader.read(request))
            .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
            .flatMap(
                call ->
                    Uni.createFrom()
                        .completionStage(() -> engine.enqueue(call.enqueue()))
                        .map(call::response));
    answer(answer, response);
  }

  @Override
  public void triggerImmediateSync(
      TriggerImmediateSyncRequest request, StreamObserver<TriggerImmediateSyncResponse> response) {
    Uni<TriggerImmediateSyncResponse> answer =
        Uni.createFrom()
            .item(() -> TriggerCall.read(request, settings))
            .flatMap(
                call ->
                    Uni.createFrom()
                        .completionStage(() -> engine.trigger(call.identifier(), call.delay())))
            .map(TriggerCall::response);
    answer(answer, response);
  }

  @Override
  public void watchSyncResults(
      WatchSyncResultsRequest request, StreamObserver<WatchSyncResultsResponse> response) {
    ServerCallStreamObserver<WatchSyncResultsResponse> call =
        (ServerCallStreamObserver<WatchSyncResultsResponse>) response;
    Watch watch;
    try {
      watch = Watch.read(request);
    } catch (RefusedException e) {
      response.onError(ends.failed(e));
      return;
    }
    ResultStream stream =
        new ResultStream(
            watch,
            new CallSink(call, ends),
            log,
            clock,
            timer,
            settings.bookmarkInterval(),
            CallThread.current());
    call.setOnReadyHandler(stream::ready);
    call.setOnCancelHandler(stream::cancel);
    stream.start();
  }

  @Override
  public void ackSyncResults(
      AckSyncResultsRequest request, StreamObserver<AckSyncResultsResponse> response) {
    Uni<AckSyncResultsResponse> answer =
        Uni.createFrom()
            .item(() -> AckCall.read(request))
            .flatMap(
                call ->
                    Uni.createFrom()
                        .completionStage(() -> log.acknowledge(call.consumer(), call.place()))
                        .map(call::response));
    answer(answer, response);
  }

  @Override
  public void cancelSync(CancelSyncRequest request, StreamObserver<CancelSyncResponse> response) {
    Uni<CancelSyncResponse> answer =
        Uni.createFrom()
            .item(() -> CancelCall.read(request))
            .flatMap(call -> Uni.createFrom().completionStage(() -> engine.cancel(call.events())))
            .map(CancelCall::response);
    answer(answer, response);
  }

  @Override
  public void getSyncStatus(
      GetSyncStatusRequest request, StreamObserver<GetSyncStatusResponse> response) {
    Uni<GetSyncStatusResponse> answer =
        Uni.createFrom()
            .item(() -> StatusCall.read(request))
            .flatMap(
                call ->
                    Uni.createFrom()
                        .completionStage(() -> engine.status(call.identifier()))
                        .map(call::response));
    answer(answer, response);
  }

  @Override
  public void listSyncs(ListSyncsRequest request, StreamObserver<ListSyncsResponse> response) {
    Uni<ListSyncsResponse> answer =
        Uni.createFrom()
            .item(() -> ListCall.read(request))
            .flatMap(call -> Uni.createFrom().completionStage(() -> engine.list(call.query())))
            .map(ListCall::response);
    answer(answer, response);
  }

  @Override
  public void listDomains(
      ListDomainsRequest request, StreamObserver<ListDomainsResponse> response) {
    Uni<ListDomainsResponse> answer =
        Uni.createFrom()
            .item(() -> DomainsCall.read(request))
            .flatMap(
                call ->
                    Uni.createFrom()
                        .completionStage(() -> throttle.domains(call.after(), call.most())))
            .map(DomainsCall::response);
    answer(answer, response);
  }

  private <T> void answer(Uni<T> answer, StreamObserver<T> response) {
    Executor thread = CallThread.current();
    answer
        .emitOn(thread)
        .subscribe()
        .with(
            message -> {
              ends.worked();
              response.onNext(message);
              response.onCompleted();
            },
            failure -> response.onError(ends.failed(failure)));
  }
}
