package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.RawServer.ADVERTISEMENT;
import static org.purgatory.sync.git.RawServer.SERVICE;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.Hold;

/** Servers that stall, trickle or never end: a fetch from them does in time. */
class SlowServerIT extends HostileServerStage {

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
        arguments("http", ADVERTISEMENT + "\r\n" + SERVICE + "000eversion 2\nffff"),
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
                    + "\r\n"
                    + SERVICE
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
}
