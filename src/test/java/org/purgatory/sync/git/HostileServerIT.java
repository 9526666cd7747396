package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
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

  private static final String BODY_START = "001e# service=git-upload-pack\n0000000eversion 2\nffff";

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
          Stream.generate(
                  () ->
                      patient
                          .remote
                          .fetch(request, new FetchControl(Clock.systemUTC()))
                          .toCompletableFuture())
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

  @ParameterizedTest
  @MethodSource("beginnings")
  @Timeout(20)
  void whatTricklesIsAStall(String scheme, String start) throws Exception {
    try (RawServer server = RawServer.trickling(start, "x", Duration.ofMillis(50))) {
      long begin = System.nanoTime();

      Failed failed = fetch(server, scheme);

      assertThat(failed.failure()).isEqualTo(FetchFailure.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(STALL, TOTAL);
      assertThat(fixture.attempts()).isEmpty();
    }
  }

  /** The first bytes of a header, a chunk's size, a body, and a TLS record. */
  static Stream<Arguments> beginnings() {
    return Stream.of(
        arguments("http", "HTTP/1.1 200 OK\r\nX: "),
        arguments("http", ADVERTISEMENT + "Transfer-Encoding: chunked\r\n\r\n5;"),
        arguments("http", ADVERTISEMENT + "\r\n" + BODY_START),
        arguments("https", "\u0016\u0003\u0003\u0030\u0000"));
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  @Timeout(20)
  void whatComesSteadilyEndsAtTheDeadline(String scheme, String start) throws Exception {
    try (RawServer server = RawServer.trickling(start, "x".repeat(100), Duration.ofMillis(50))) {
      long begin = System.nanoTime();

      Failed failed = fetch(server, scheme);

      assertThat(failed).isEqualTo(new Failed(FetchFailure.TIMEOUT, "not done after 2 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(TOTAL, TOTAL.plusSeconds(2));
    }
  }

  /** A request is as long as the list of what is missing, which strangers' events make. */
  @Test
  @Timeout(60)
  void aServerThatDoesNotTakeARequestTimesOut() throws Exception {
    String refs = OID + " refs/heads/main\0multi_ack_detailed";
    String[] many =
        IntStream.range(0, 200_000)
            .mapToObj(i -> Hashes.of("" + i).substring(0, 40))
            .toArray(String[]::new);
    Duration total = Duration.ofSeconds(50);
    try (RawServer server =
            RawServer.deaf(
                ADVERTISEMENT
                    + "\r\n001e# service=git-upload-pack\n0000"
                    + "%04x%s".formatted(refs.length() + 4, refs)
                    + "0000");
        Fixture patient =
            new Fixture(Fixture.settings(volume, STALL, total, FetchCaps.defaults()), "project")) {
      long begin = System.nanoTime();

      Failed failed = (Failed) patient.fetch(server.url("http"), patient.family(ALICE), many);

      assertThat(failed)
          .isEqualTo(new Failed(FetchFailure.TIMEOUT, "the server did not answer in time"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(total);
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
    try (HttpTransport transport = transport();
        HttpExchange exchange = new HttpExchange(transport, meter())) {
      exchange.create(new URL("https://one.example/"));

      assertThatThrownBy(() -> exchange.create(new URL("http://one.example/")))
          .isInstanceOf(BlockedTargetException.class);
    }
  }

  @Test
  void aRedirectToAUrlWithCredentialsIsRefused() throws Exception {
    assertThat(failureAfterRedirectTo("http://a:b@127.0.0.1")).isEqualTo(FetchFailure.REFUSED);
  }

  /** Neither its throttle nor its being our own would be heeded. */
  @Test
  void aRedirectToAnotherHostIsRefusedAndThatHostNotAsked() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("project.git");
    String tip = theirs.write().commits("main", 1);
    try (GitHttpServer hostile = GitHttpServer.serving(elsewhere);
        GitHttpServer victim = GitHttpServer.serving(elsewhere, "127.0.0.2")) {
      hostile.redirectTo(victim.baseUrl());

      assertThat(fixture.fetch(hostile.url("project.git"), fixture.family(ALICE), tip))
          .isEqualTo(new Failed(FetchFailure.REFUSED, "redirected to another host"));
      assertThat(victim.traffic().requests()).isZero();
    }
  }

  @Test
  void aRedirectWithinAHostMayChangeItsSpellingItsPortAndTurnToHttps() throws Exception {
    try (HttpTransport transport = transport();
        HttpExchange exchange = new HttpExchange(transport, meter())) {
      exchange.create(new URL("http://one.example/"));
      exchange.create(new URL("http://ONE.example.:8080/other.git"));
      exchange.create(new URL("https://one.example/"));

      assertThat(exchange.failure()).isNull();
    }
  }

  @Test
  void aRedirectToNonsenseIsAProtocolFailure() throws Exception {
    assertThat(failureAfterRedirectTo("http://127.0.0.1/|")).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfterRedirectTo("http://x:y:z")).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfterRedirectTo("http://")).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfterRedirectTo("http://[x]")).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfterRedirectTo("http://127.0.0.1:99999"))
        .isIn(FetchFailure.PROTOCOL, FetchFailure.UNREACHABLE);
    assertThat(failureAfterRedirectTo("http://a b")).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfterRedirectTo("http://b\u00fccher")).isEqualTo(FetchFailure.PROTOCOL);
  }

  private FetchFailure failureAfterRedirectTo(String base) throws Exception {
    String to = base + "/project.git/info/refs?service=git-upload-pack";
    try (RawServer server =
        RawServer.saying("HTTP/1.1 302 Found\r\nLocation: " + to + "\r\n\r\n")) {
      return fetch(server, "http").failure();
    }
  }

  private FetchMeter meter() {
    return new FetchMeter(fixture.settings.caps(), STALL, MemoryBudget.ofThisProcess().share());
  }

  private HttpTransport transport() throws Exception {
    return new HttpTransport(
        fixture.settings, SystemDefaultDnsResolver.INSTANCE, SSLContext.getDefault());
  }

  @Test
  void whatComesBesidesTheBodyIsBounded() throws Exception {
    assertTooMuch("HTTP/1.1 200 OK\r\nX: ", "x".repeat(1000));
    assertTooMuch("HTTP/1.1 200 OK\r\n", "X: y\r\n".repeat(50));
    assertTooMuch("HTTP/1.1 200 OK\r\nX: y\r\n", " folded" + "x".repeat(1000) + "\r\n");
    assertTooMuch("", "HTTP/1.1 100 Continue\r\n\r\n");
    assertTooMuch("", "\r\n");
    assertTooMuch(ADVERTISEMENT + "Transfer-Encoding: chunked\r\n\r\n5;", "x".repeat(1000));
    assertTooMuch(ADVERTISEMENT + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n".repeat(50));
  }

  private void assertTooMuch(String start, String drop) throws Exception {
    try (RawServer server = RawServer.trickling(start, drop, Duration.ofMillis(1))) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @Test
  void aBodyThatIsCutOffIsAServerError() throws Exception {
    String body = "001e# service=git-upload-pack\n0000";
    assertThat(failureAfter("Content-Length: 500\r\n\r\n" + body))
        .isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(failureAfter("Transfer-Encoding: chunked\r\n\r\n80\r\n" + body))
        .isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(failureAfter("Transfer-Encoding: chunked\r\n\r\n22\r\n" + body + "\r\n"))
        .isEqualTo(FetchFailure.SERVER_ERROR);
  }

  @Test
  void nonsenseIsAProtocolFailure() throws Exception {
    assertThat(failureAfter("Content-Length: -1\r\n\r\nx")).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfter("Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"))
        .isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfter("Transfer-Encoding: chunked\r\n\r\n-1\r\n"))
        .isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfter("Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n"))
        .isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfter("no colon\r\n\r\n")).isEqualTo(FetchFailure.PROTOCOL);
  }

  private FetchFailure failureAfter(String start) throws Exception {
    try (RawServer server = RawServer.saying(ADVERTISEMENT + start)) {
      return fetch(server, "http").failure();
    }
  }

  @Test
  @Timeout(20)
  void aRedirectIsFollowedThoughItsPageDoesNotEnd() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("project.git");
    String tip = theirs.write().commits("main", 3);
    try (GitHttpServer good = GitHttpServer.serving(elsewhere);
        RawServer server =
            RawServer.trickling(
                "HTTP/1.1 301 Moved Permanently\r\nLocation: "
                    + good.url("project.git/info/refs?service=git-upload-pack")
                    + "\r\n\r\n",
                "x".repeat(1000),
                Duration.ofMillis(1))) {
      assertThat(fixture.fetch(server.url("http"), fixture.family(ALICE), tip))
          .isInstanceOf(Fetched.class);
    }
  }

  @Test
  @Timeout(20)
  void anErrorIsToldBeforeItsPageEnds() throws Exception {
    try (RawServer server =
        RawServer.trickling("HTTP/1.1 404 Not Found\r\n\r\n", "x", Duration.ofMillis(100))) {
      assertThat(fetch(server, "http")).isEqualTo(new Failed(FetchFailure.NOT_FOUND, "HTTP 404"));
    }
  }

  @Test
  @Timeout(20)
  void aServerThatDoesNotTakeConnectionsEndsAtTheDeadline() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
      String url = "http://127.0.0.1:" + full.getLocalPort() + "/project.git";

      assertThat(fixture.fetch(url, fixture.family(ALICE), OID))
          .isEqualTo(new Failed(FetchFailure.TIMEOUT, "not done after 2 s"));
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
  }

  private Failed fetch(RawServer server, String scheme) throws Exception {
    return (Failed) fixture.fetch(server.url(scheme), fixture.family(ALICE), OID);
  }
}
