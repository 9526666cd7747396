package org.purgatory.sync.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHttpServerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  private GitWorkshop remote;
  private GitWorkshop local;
  private GitHttpServer server;
  private BareRepository project;
  private String tip;

  @BeforeEach
  void serveOneRepository() throws IOException {
    remote = GitWorkshop.in(Files.createDirectory(directory.resolve("remote")));
    local = GitWorkshop.in(Files.createDirectory(directory.resolve("local")));
    project = remote.bare("project.git");
    tip = project.write().commit("main", "First");
    server = GitHttpServer.serving(remote.root());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void servesProtocolV2() {
    BareRepository clone = cloneProject("-c", "protocol.version=2");

    assertThat(clone.refs()).containsEntry("refs/heads/main", tip);
    assertThat(clone.hasHistoryOf(tip)).isTrue();
    assertThat(server.traffic().requests())
        .as("v2 asks for the refs in a request of its own")
        .isEqualTo(3);
    assertThat(server.traffic().fetches())
        .extracting(FetchStart::repository)
        .containsExactly("project.git");
  }

  @Test
  void servesProtocolV0() {
    assertThat(cloneProject("-c", "protocol.version=0").has(tip)).isTrue();
    assertThat(server.traffic().requests()).isEqualTo(2);
  }

  @Test
  void servesPathsThatUrlsMustEncode() {
    BareRepository emoji = remote.bare("npub1x/my 🚀 repo%20.git");
    String oid = emoji.write().commit("main", "Lift off");

    String url = server.url("npub1x/my 🚀 repo%20.git");

    assertThat(url).endsWith("/npub1x/my%20%F0%9F%9A%80%20repo%2520.git");
    assertThat(local.cloneBare(url, "clone.git").has(oid)).isTrue();
  }

  @Test
  void passesCompressedRequestsOn() {
    for (int i = 0; i < 60; i++) { // Enough wants for git to compress its request.
      project.write().commit("branch-" + i, "Commit");
    }

    assertThat(cloneProject().refs()).hasSize(61);
  }

  @Test
  void streamsPacksLargerThanItsBuffers() {
    String last = project.write().commits("long", 3000);

    BareRepository clone = cloneProject();

    assertThat(clone.hasHistoryOf(last)).isTrue();
    assertThat(clone.fsck().ok()).isTrue();
  }

  @Test
  void servesObjectsThatNoRefNames() {
    String unnamed = project.write().commit("gone", "Unnamed");
    project.deleteRef("refs/heads/gone");
    BareRepository target = local.bare("target.git");

    target.git().run("fetch", "--quiet", server.url("project.git"), unnamed);

    assertThat(target.hasHistoryOf(unnamed)).isTrue();
  }

  @Test
  void holdsAFetchWhileTheTestActs() {
    CompletableFuture<BareRepository> clone;
    String pushed;
    try (Hold hold = server.holdNextFetch()) {
      clone = Background.start(this::cloneProject);
      hold.awaitArrival(PATIENCE);
      assertThat(server.traffic().inFlight()).isOne();
      pushed = project.write().commit("main", "Meanwhile");
    }

    assertThat(clone.join().refs()).containsEntry("refs/heads/main", pushed);
    assertThat(server.traffic().inFlight()).isZero();
  }

  @Test
  void holdsAFetchBehindTheAdvertisement() {
    CompletableFuture<BareRepository> clone;
    try (Hold hold = server.holdNextUploadPack()) {
      clone = Background.start(this::cloneProject);
      hold.awaitArrival(PATIENCE);
      assertThat(server.traffic().requests()).isEqualTo(2);
    }

    assertThat(clone.join().has(tip)).isTrue();
  }

  @Test
  void stalledRequestsTakeNothingFromOthers() {
    Hold stall = server.stall();
    var stalled = Background.start(() -> cloneInto("stalled.git"));
    stall.awaitArrival(PATIENCE);
    server.answerNormally();

    assertThat(cloneInto("other.git").has(tip)).isTrue();
    assertThat(server.traffic().mostInFlight()).isEqualTo(2);
    assertThat(server.traffic().mostStartsInAny(PATIENCE)).isEqualTo(2);
    assertThat(server.traffic().mostStartsInAny(Duration.ofNanos(1))).isOne();
    stall.release();
    assertThat(stalled.join().has(tip)).isTrue();
  }

  @Test
  void answersSlowly() {
    server.slow(Duration.ofMillis(200));
    long start = System.nanoTime();

    cloneProject();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(600));
  }

  @Test
  void failsWithAStatusAndRetryAfter() throws Exception {
    server.fail(429, Duration.ofSeconds(7));

    HttpResponse<Void> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.baseUrl())).build(),
                BodyHandlers.discarding());

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).contains("7");
    assertThat(tryToList()).contains("429");
    assertThat(server.traffic().fetchesStarted()).isOne();
  }

  @Test
  void missingRepositoriesAreNotFound() {
    assertThat(local.bare("x.git").git().attempt("ls-remote", server.url("nothing.git")).stderr())
        .contains("not found");
  }

  @Test
  void hangsUpWithoutAnAnswer() {
    server.hangUp();

    assertThat(tryToList()).contains("Empty reply");
  }

  @Test
  void refusesConnectionsWhileDownAndComesBackOnTheSamePort() {
    String url = server.url("project.git");
    server.down();
    assertThat(tryToList()).contains("Failed to connect");

    server.up();

    assertThat(server.url("project.git")).isEqualTo(url);
    assertThat(cloneProject().has(tip)).isTrue();
  }

  @Test
  void redirectsToAnotherHost() {
    try (GitHttpServer other = GitHttpServer.serving(remote.root(), "127.0.0.2")) {
      server.redirectTo(other.baseUrl());

      assertThat(cloneProject().has(tip)).isTrue();
      assertThat(other.traffic().fetchesStarted()).isOne();
    }
  }

  private BareRepository cloneProject(String... options) {
    return local.cloneBare(server.url("project.git"), "clone.git", options);
  }

  private BareRepository cloneInto(String path) {
    return local.cloneBare(server.url("project.git"), path);
  }

  private String tryToList() {
    return Git.in(directory).attempt("ls-remote", server.url("project.git")).stderr();
  }
}
