package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.v1.PurgatorySyncProto;

/** What tools such as grpcurl learn of the contract from the sidecar itself. */
class ReflectionIT {

  private static final String SERVICE = "purgatory.sync.v1.PurgatorySyncService";

  @TempDir static Path directory;
  private static RelayStage stage;

  @BeforeAll
  static void start() {
    stage = RelayStage.in(directory, sidecar -> sidecar);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void servicesAreListed() {
    ServerReflectionResponse answer = ask(question().setListServices("").build());

    assertThat(answer.getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(SERVICE, "grpc.health.v1.Health");
  }

  @Test
  void contractCanBeRead() throws InvalidProtocolBufferException {
    ServerReflectionResponse answer = ask(question().setFileContainingSymbol(SERVICE).build());

    List<ByteString> files = answer.getFileDescriptorResponse().getFileDescriptorProtoList();
    FileDescriptorProto contract = FileDescriptorProto.parseFrom(files.get(0));
    assertThat(contract.getService(0).getMethodList())
        .extracting(MethodDescriptorProto::getName)
        .containsExactly(
            "EnqueueSync",
            "TriggerImmediateSync",
            "WatchSyncResults",
            "AckSyncResults",
            "CancelSync",
            "GetSyncStatus",
            "ListSyncs",
            "ListDomains");
    assertThat(contract.getMessageTypeList())
        .isEqualTo(PurgatorySyncProto.getDescriptor().toProto().getMessageTypeList());
  }

  private static ServerReflectionRequest.Builder question() {
    return ServerReflectionRequest.newBuilder();
  }

  private static ServerReflectionResponse ask(ServerReflectionRequest question) {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(stage.relay().channel())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable e) {
                    answer.completeExceptionally(e);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(new AssertionError("no answer"));
                  }
                });
    questions.onNext(question);
    questions.onCompleted();
    return answer.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
