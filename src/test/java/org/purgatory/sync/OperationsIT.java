package org.purgatory.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.purgatory.sync.testkit.Scrape.metrics;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SidecarProcess;
import org.purgatory.sync.testkit.SignedEvent;

/** What an operator sees of the packaged sidecar: health, metrics, refusals, an end in time. */
class OperationsIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void healthIsUpAndMetricsAreThereFromTheStart() {
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar)) {
      health(stage.sidecar(), "live")
          .statusCode(200)
          .body("checks.name", everyItem(equalTo("loop")));
      health(stage.sidecar(), "ready").statusCode(200).body("status", equalTo("UP"));
      assertThat(
              HealthGrpc.newBlockingStub(stage.relay().channel())
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
      assertThat(metrics(stage.sidecar()))
          .contains("purgatory_sync_queue_size{mp_scope=\"application\"} 0")
          .contains("purgatory_sync_oids_fetched_total{mp_scope=\"application\"} 0")
          .contains("purgatory_sync_backoff_seconds_count{mp_scope=\"application\"} 0")
          .contains(
              "purgatory_sync_attempts_total{mp_scope=\"application\",outcome=\"complete\"} 0")
          .contains("purgatory_sync_attempts_total{mp_scope=\"application\",outcome=\"failed\"} 0");
    }
  }

  @Test
  void aHuntShowsInTheMetrics() {
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar)) {
      SignedEvent announcement = ALICE.announcement("repo").cloneUrls(stage.url("repo")).sign();
      BareRepository remote = stage.remote("repo");
      stage.host(ALICE, "repo");
      String main = remote.write().commits("main", 3);
      SignedEvent state = ALICE.state("repo").ref("refs/heads/main", main).sign();

      ResultWatch watch = stage.relay().watch();
      stage.relay().enqueue(state, announcement);
      watch.awaitSatisfied(SOON, state);

      Await.until(
          SOON,
          "the run's end in the metrics",
          () -> metrics(stage.sidecar()).contains("outcome=\"complete\"} 1"));
      assertThat(metrics(stage.sidecar()))
          .contains("purgatory_sync_oids_fetched_total{mp_scope=\"application\"} 1")
          .contains("purgatory_domain_in_flight{domain=\"127.0.0.1\",mp_scope=\"application\"} 0")
          .contains(
              "purgatory_domain_requests_total"
                  + "{domain=\"127.0.0.1\",mp_scope=\"application\",outcome=\"fetched\"} 1")
          .doesNotContain("identifier=");
    }
  }

  @Test
  void aVolumeThatGoesAwayMakesItNotReadyButKeepsItAlive() throws Exception {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    // By a link, as JGit, which measures the file system after the start, would make it anew.
    Path root = Files.createSymbolicLink(directory.resolve("root"), volume);
    try (SidecarProcess sidecar =
        SidecarProcess.builder().config("purgatory.git.root", root).start()) {
      Files.move(volume, directory.resolve("elsewhere"));

      health(sidecar, "ready")
          .statusCode(503)
          .body("checks.data.problem", hasItem(containsString("mount")));
      health(sidecar, "live").statusCode(200);
    }
  }

  @Test
  void aVolumeThatCannotBeWrittenToIsRefusedAtTheStart() throws Exception {
    // Whoever may write everywhere cannot write here either.
    Files.createFile(directory.resolve(".purgatory"));
    try (SidecarProcess sidecar =
        SidecarProcess.builder().config("purgatory.git.root", directory).launch()) {
      assertThat(sidecar.awaitExit(SOON)).isNotZero();
      assertThat(sidecar.log())
          .contains("purgatory.git.root cannot be written to", ".purgatory")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aBadConfigurationIsRefusedWithAllItsProblemsAndNoStackTrace() {
    try (SidecarProcess sidecar =
        SidecarProcess.builder()
            .config("purgatory.git.root", directory.resolve("none"))
            .config("purgatory.store", "disk")
            .config("quarkus.http.host", "0.0.0.0")
            .launch()) {
      assertThat(sidecar.awaitExit(SOON)).isNotZero();
      assertThat(sidecar.log())
          .contains("purgatory.git.root must be", "purgatory.store must be memory or redis")
          .contains("quarkus.http.host must be 127.0.0.1")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aValueOfAnotherTypeAndAMisspeltPropertyAreRefused() {
    try (SidecarProcess sidecar =
        SidecarProcess.builder()
            .config("purgatory.git.root", directory)
            .config("purgatory.sync.expiry", "abc")
            .config("purgatory.sync.expirry", "1m")
            .config("purgatory.nostr.verify-signatures", "yess")
            .launch()) {
      assertThat(sidecar.awaitExit(SOON)).isNotZero();
      assertThat(sidecar.log())
          .contains("purgatory.sync.expiry", "\"abc\"", "purgatory.sync.expirry")
          .contains("purgatory.nostr.verify-signatures", "\"yess\"")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void environmentVariablesConfigureItAndThoseOfKubernetesDoNoHarm() {
    try (SidecarProcess sidecar =
        SidecarProcess.builder()
            .environment("PURGATORY_GIT_ROOT", directory.toString())
            .environment("NGIT_SYNC_LOOP_INTERVAL_MS", "2000")
            .environment("PURGATORY_SYNC_PORT", "tcp://192.0.2.1:9000")
            .environment("PURGATORY_SYNC_SERVICE_HOST", "192.0.2.1")
            .start()) {
      assertThat(sidecar.isReady()).isTrue();
    }
  }

  @Test
  void itEndsInTimeThoughSomebodyWatches() {
    try (RelayStage stage =
        RelayStage.in(
            directory, sidecar -> sidecar.config("purgatory.results.bookmark-interval", "20ms"))) {
      ResultWatch watch = stage.relay().watch();
      Await.until(SOON, "a bookmark", () -> !watch.responses().isEmpty());

      assertThat(stage.sidecar().stop(SOON)).isIn(0, 143);
      Await.until(SOON, "the stream's end", () -> watch.end().isPresent());
      assertThat(watch.end().map(Status::getCode)).contains(Status.Code.UNAVAILABLE);
      assertThat(stage.sidecar().log()).contains("stopped in").doesNotContain("ERROR");
    }
  }

  private static ValidatableResponse health(SidecarProcess sidecar, String which) {
    return given().get(sidecar.managementUrl() + "/q/health/" + which).then();
  }
}
