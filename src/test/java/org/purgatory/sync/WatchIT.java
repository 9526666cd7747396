package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.WatchSyncResultsRequest;

/** Results as a relay sees them. States without refs are satisfied at once, which makes results. */
class WatchIT {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir static Path directory;
  private static RelayStage stage;

  @BeforeAll
  static void start() {
    stage =
        RelayStage.in(
            directory, sidecar -> sidecar.config("purgatory.results.bookmark-interval", "200ms"));
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void everyWatcherGetsEveryResultFromTheOldestOn() {
    SignedEvent first = result("oldest-1");
    try (ResultWatch early = stage.relay().watch()) {
      early.awaitSatisfied(SOON, first);
      SignedEvent second = result("oldest-2");
      early.awaitSatisfied(SOON, second);
      try (ResultWatch late = stage.relay().watch()) {
        late.awaitSatisfied(SOON, second);
        assertThat(late.satisfied())
            .containsSubsequence(RelayClient.ids(first, second).toArray(String[]::new));
      }
    }
  }

  @Test
  void watcherThatComesBackWithItsTokenMissesNothingAndGetsNothingTwice() {
    SignedEvent before = result("resume-1");
    String token;
    try (ResultWatch watch = stage.relay().watch()) {
      watch.awaitSatisfied(SOON, before);
      token = watch.lastToken();
    }
    SignedEvent meanwhile = result("resume-2");
    SignedEvent after = result("resume-3");
    try (ResultWatch again = stage.relay().watch(from(token))) {
      again.awaitSatisfied(SOON, after);
      assertThat(again.satisfied())
          .containsSubsequence(RelayClient.ids(meanwhile, after).toArray(String[]::new))
          .doesNotContain(before.id().hex());
    }
  }

  @Test
  void consumerThatComesBackGetsOnlyWhatItHadNotAcknowledged() {
    SignedEvent dealtWith = result("consumer-1");
    SignedEvent unfinished = result("consumer-2");
    try (ResultWatch watch = stage.relay().watch(consumer("relay"))) {
      watch.awaitSatisfied(SOON, unfinished);
      stage.relay().acknowledge("relay", tokenOf(watch, dealtWith));
    }
    SignedEvent meanwhile = result("consumer-3");
    for (int reconnects = 0; reconnects < 3; reconnects++) {
      try (ResultWatch again = stage.relay().watch(consumer("relay"))) {
        again.awaitSatisfied(SOON, meanwhile);
        assertThat(again.satisfied())
            .containsExactlyElementsOf(RelayClient.ids(unfinished, meanwhile));
      }
    }
    try (ResultWatch last = stage.relay().watch(consumer("relay"))) {
      last.awaitSatisfied(SOON, meanwhile);
      stage.relay().acknowledge("relay", last.lastToken());
    }
    stage.relay().acknowledge("relay", "1-0");
    try (ResultWatch quiet = stage.relay().watch(consumer("relay"))) {
      Await.until(SOON, "bookmark", () -> !quiet.responses().isEmpty());
      assertThat(quiet.results()).isEmpty();
      SignedEvent fresh = result("consumer-4");
      quiet.awaitSatisfied(SOON, fresh);
    }
  }

  @Test
  void consumersComeOnEachByItself() {
    SignedEvent event = result("consumers");
    try (ResultWatch watch = stage.relay().watch(consumer("one"))) {
      watch.awaitSatisfied(SOON, event);
      stage.relay().acknowledge("one", watch.lastToken());
    }
    try (ResultWatch other = stage.relay().watch(consumer("other"))) {
      other.awaitSatisfied(SOON, event);
    }
  }

  @Test
  void quietStreamCarriesBookmarksThatCanBeResumedFrom() {
    result("bookmark");
    try (ResultWatch watch = stage.relay().watch(filtered("nobody-has-this"))) {
      Await.until(SOON, "two bookmarks", () -> watch.responses().size() >= 2);
      assertThat(watch.responses()).allMatch(response -> response.hasBookmark());
      SignedEvent next = result("bookmark-next");
      try (ResultWatch resumed = stage.relay().watch(from(watch.lastToken()))) {
        resumed.awaitSatisfied(SOON, next);
      }
    }
  }

  @Test
  void filterLetsOnlyItsIdentifiersThrough() {
    try (ResultWatch watch = stage.relay().watch(filtered("wanted"))) {
      result("unwanted");
      SignedEvent wanted = result("wanted");
      watch.awaitSatisfied(SOON, wanted);
      assertThat(watch.satisfied()).containsExactlyElementsOf(RelayClient.ids(wanted));
    }
  }

  @Test
  void onlyNewLeavesTheRetainedResultsOut() {
    SignedEvent old = result("new-1");
    WatchSyncResultsRequest onlyNew = WatchSyncResultsRequest.newBuilder().setOnlyNew(true).build();
    try (ResultWatch all = stage.relay().watch()) {
      all.awaitSatisfied(SOON, old);
    }
    try (ResultWatch watch = stage.relay().watch(onlyNew)) {
      Await.until(SOON, "first bookmark", () -> !watch.responses().isEmpty());
      SignedEvent fresh = result("new-2");
      watch.awaitSatisfied(SOON, fresh);
      assertThat(watch.satisfied()).doesNotContain(old.id().hex());
    }
  }

  @Test
  void whatIsNoTokenIsBadInput() {
    assertThat(endOf(from("latest")).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void tokenOfAnEarlierLifeIsOutOfRangeAndTheOldestOneIsNamed() {
    Status end = endOf(from("1-0"));
    assertThat(end.getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(end.getDescription()).containsPattern("[0-9]{13}-[0-9]+");
  }

  @Test
  void healthServiceSaysServing() {
    assertThat(
            HealthGrpc.newBlockingStub(stage.relay().channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  private static SignedEvent result(String repo) {
    stage.host(ALICE, repo);
    SignedEvent state = ALICE.state(repo).sign();
    stage.relay().enqueue(0, List.of(state), List.of(ALICE.announcement(repo).sign()));
    return state;
  }

  private static WatchSyncResultsRequest from(String token) {
    return WatchSyncResultsRequest.newBuilder().setResumeToken(token).build();
  }

  private static WatchSyncResultsRequest consumer(String name) {
    return WatchSyncResultsRequest.newBuilder().setConsumer(name).build();
  }

  private static String tokenOf(ResultWatch watch, SignedEvent event) {
    return watch.responses().stream()
        .filter(response -> response.getResult().getEventIdsList().contains(event.id().hex()))
        .findFirst()
        .orElseThrow()
        .getResumeToken();
  }

  private static WatchSyncResultsRequest filtered(String identifier) {
    return WatchSyncResultsRequest.newBuilder().addIdentifiers(identifier).build();
  }

  private static Status endOf(WatchSyncResultsRequest request) {
    ResultWatch watch = stage.relay().watch(request);
    Await.until(SOON, "end of the stream", () -> watch.end().isPresent());
    return watch.end().orElseThrow();
  }
}
