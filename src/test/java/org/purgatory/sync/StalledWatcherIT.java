package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.PurgatorySyncServiceGrpc;
import org.purgatory.sync.v1.WatchSyncResultsRequest;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/**
 * Three hundred watchers that never read, on a heap that is a third of what their unread results
 * would take: if the sidecar kept those, it would run out of memory.
 */
class StalledWatcherIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final EventSigner BOB = EventSigner.seeded("bob");
  private static final String REPO = "popular";
  private static final int CONNECTIONS = 10;
  private static final int WATCHERS_EACH = 30;
  private static final int ROUNDS = 15;
  private static final int EVENTS_EACH = 200;

  @TempDir Path directory;

  @Test
  void watchersThatNeverReadCostNoMemoryAndHoldNobodyUp() {
    List<RelayClient> stalled = new ArrayList<>();
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar.heap("96m"))) {
      stage.host(ALICE, REPO);
      String tip = stage.remote(REPO).write().commits("topic", 1);
      SignedEvent announcement = ALICE.announcement(REPO).cloneUrls(stage.url(REPO)).sign();
      for (int i = 0; i < CONNECTIONS; i++) {
        stalled.add(new RelayClient(stage.sidecar()));
        IntStream.range(0, WATCHERS_EACH).forEach(n -> watchAndNeverRead(lastOf(stalled)));
      }
      try (ResultWatch lively = stage.relay().watch()) {
        for (int round = 0; round < ROUNDS; round++) {
          List<SignedEvent> requests = pullRequests(tip, round);
          stage.relay().enqueue(0, requests, List.of(announcement));
          lively.awaitSatisfied(SOON, lastOf(requests));
        }
        assertThat(lively.satisfied()).hasSize(ROUNDS * EVENTS_EACH).doesNotHaveDuplicates();
      }
      assertThat(stage.sidecar().log()).doesNotContain("OutOfMemory");
      assertThat(stage.sidecar().isReady()).isTrue();
    } finally {
      stalled.forEach(RelayClient::close);
    }
  }

  private static List<SignedEvent> pullRequests(String tip, int round) {
    return IntStream.range(0, EVENTS_EACH)
        .mapToObj(i -> BOB.pullRequest(tip).to(ALICE, REPO).content(round + "/" + i).sign())
        .toList();
  }

  private static void watchAndNeverRead(RelayClient client) {
    ClientCall<WatchSyncResultsRequest, WatchSyncResultsResponse> call =
        client
            .channel()
            .newCall(PurgatorySyncServiceGrpc.getWatchSyncResultsMethod(), CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(WatchSyncResultsRequest.getDefaultInstance());
    call.halfClose();
  }

  private static <T> T lastOf(List<T> list) {
    return list.get(list.size() - 1);
  }
}
