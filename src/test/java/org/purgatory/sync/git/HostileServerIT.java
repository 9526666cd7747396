package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.net.Socket;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.Hold;

class HostileServerIT {

  private static final String OID = "1".repeat(40);
  private static final Duration STALL = Duration.ofMillis(500);
  private static final Duration TOTAL = Duration.ofSeconds(2);
  private static final String ADVERTISEMENT =
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n";

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new Fixture(volume, "project", STALL, TOTAL);
    fixture.host(ALICE);
    fixture.repositories.warmUp();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  @Timeout(20)
  void aStalledServerTimesOut() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String tip = theirs.write().commits("main", 3);
    try (GitHttpServer server = GitHttpServer.serving(elsewhere)) {
      Hold hold = server.holdNextUploadPack();
      long start = System.nanoTime();

      Failed failed = (Failed) fixture.fetch(server.url("theirs.git"), fixture.family(ALICE), tip);

      assertThat(failed.failure()).isEqualTo(FetchFailure.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(STALL, TOTAL);
      hold.release();
    }
  }

  @Test
  @Timeout(20)
  void aSilentServerTimesOut() throws Exception {
    try (RawServer server = RawServer.silent()) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.TIMEOUT);
    }
  }

  @Test
  @Timeout(20)
  void closingEndsFetchesThatRunAndThatWait() throws Exception {
    try (RawServer server = RawServer.silent();
        Fixture patient = new Fixture(volume, "project")) {
      FetchRequest request =
          new FetchRequest(
              patient.family(ALICE),
              CloneUrl.parse(server.url("http")),
              new TreeSet<>(Fixture.oids(OID)));
      List<CompletableFuture<FetchResult>> fetches =
          Stream.generate(() -> patient.remote.fetch(request, () -> {}).toCompletableFuture())
              .limit(6)
              .toList();

      patient.remote.close();

      assertThat(fetches)
          .allSatisfy(
              fetch ->
                  assertThat(fetch)
                      .succeedsWithin(Duration.ofSeconds(10))
                      .isEqualTo(new Failed(FetchFailure.LOCAL, "shutting down")));
    }
  }

  @Test
  @Timeout(20)
  void aServerThatIsSilentInTheHandshakeTimesOut() throws Exception {
    try (RawServer server = RawServer.silent()) {
      assertThat(fetch(server, "https").failure()).isEqualTo(FetchFailure.TIMEOUT);
    }
  }

  @Test
  @Timeout(20)
  void aHeaderThatTricklesEndsAtTheDeadline() throws Exception {
    assertEndsAtTheDeadline("HTTP/1.1 200 OK\r\nX: ");
  }

  @Test
  @Timeout(20)
  void aChunkSizeThatTricklesEndsAtTheDeadline() throws Exception {
    assertEndsAtTheDeadline(ADVERTISEMENT + "Transfer-Encoding: chunked\r\n\r\n5;");
  }

  @Test
  @Timeout(20)
  void aBodyThatTricklesEndsAtTheDeadline() throws Exception {
    assertEndsAtTheDeadline(
        ADVERTISEMENT + "\r\n001e# service=git-upload-pack\n0000000eversion 2\nffff");
  }

  private void assertEndsAtTheDeadline(String start) throws Exception {
    try (RawServer server = RawServer.trickling(start, "x", Duration.ofMillis(100))) {
      long begin = System.nanoTime();

      Failed failed = fetch(server, "http");

      assertThat(failed).isEqualTo(new Failed(FetchFailure.TIMEOUT, "not done after 2 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(TOTAL, TOTAL.plusSeconds(2));
    }
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsATlsFailure() throws Exception {
    try (RawServer server = RawServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertThat(fetch(server, "https").failure()).isEqualTo(FetchFailure.TLS);
    }
  }

  @Test
  void aServerThatDoesNotSpeakHttpIsAProtocolFailure() throws Exception {
    try (RawServer server = RawServer.saying("SSH-2.0-OpenSSH_9.2\r\n")) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @Test
  void aWebSiteIsAProtocolFailure() throws Exception {
    try (RawServer server =
        RawServer.saying(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>ssl dns</html>")) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @Test
  void aDumbServerIsNotWalked() throws Exception {
    try (RawServer server =
        RawServer.saying(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + OID + "\tHEAD\n")) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @Test
  void aMissingObjectThatNobodyAskedForIsAProtocolFailure() throws Exception {
    String line = "ERR upload-pack: not our ref " + "2".repeat(40);
    String service = "001e# service=git-upload-pack\n0000";
    String packet = String.format("%04x", line.length() + 4) + line;
    try (RawServer server = RawServer.saying(ADVERTISEMENT + "\r\n" + service + packet)) {
      Failed failed = fetch(server, "http");

      assertThat(failed.failure()).isEqualTo(FetchFailure.PROTOCOL);
      assertThat(failed.detail()).contains("not our ref").hasLineCount(1);
    }
  }

  @Test
  void aRedirectFromHttpsToHttpIsRefused() throws Exception {
    try (HttpExchange exchange = new HttpExchange((url, opened) -> new Socket())) {
      exchange.create(new URL("https://one.example/"));

      assertThatThrownBy(() -> exchange.create(new URL("http://one.example/")))
          .isInstanceOf(RefusedException.class);
    }
  }

  private Failed fetch(RawServer server, String scheme) throws Exception {
    return (Failed) fixture.fetch(server.url(scheme), fixture.family(ALICE), OID);
  }
}
