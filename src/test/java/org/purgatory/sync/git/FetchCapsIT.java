package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.RawServer.ADVERTISEMENT;
import static org.purgatory.sync.git.RawServer.SERVICE;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/** Servers that send one more than is allowed, and those that would never stop. */
class FetchCapsIT {

  private static final String OID = "1".repeat(40);
  private static final long WIDE = 1 << 30;

  @TempDir Path directory;

  private BareRepository theirs;
  private String tip;
  private GitHttpServer server;
  private int volumes;

  @BeforeEach
  void start() {
    GitWorkshop elsewhere = GitWorkshop.in(directory.resolve("elsewhere"));
    theirs = elsewhere.bare("theirs.git");
    tip = theirs.write().commit("main", "one", Map.of("a", "a".repeat(5_000), "b", "b"));
    server = GitHttpServer.serving(elsewhere.root());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bytesOnTheWire() throws Exception {
    long bytes = ((Fetched) fetch(FetchCaps.defaults(), server.url("theirs.git"))).bytes();
    // A response comes in more or fewer chunks, each with a head.
    assertThat(fetch(wire(2 * bytes), server.url("theirs.git"))).isInstanceOf(Fetched.class);
    assertThat(((Failed) fetch(wire(bytes / 2), server.url("theirs.git"))).failure())
        .isEqualTo(FetchFailure.TOO_LARGE);
  }

  @Test
  void headersCountAsBytesOnTheWire() throws Exception {
    String answer = ADVERTISEMENT + "X: y\r\n\r\n" + SERVICE;
    try (RawServer raw = RawServer.saying(answer)) {
      long needed = answer.length();

      assertThat(failure(wire(needed), raw)).isEqualTo(FetchFailure.NOT_FOUND);
      assertThat(failure(wire(needed - 1), raw)).isEqualTo(FetchFailure.TOO_LARGE);
    }
  }

  @Test
  void numberOfObjects() throws Exception {
    assertCapped(4, cap -> new FetchCaps(WIDE, WIDE, (int) cap, WIDE, WIDE));
  }

  @Test
  void bytesOfOneObject() throws Exception {
    assertCapped(5_000, cap -> new FetchCaps(WIDE, WIDE, 99, cap, WIDE));
  }

  @Test
  void bytesOfAllObjects() throws Exception {
    String sizes =
        theirs.git().run("cat-file", "--batch-all-objects", "--batch-check=%(objectsize)");
    long all = sizes.lines().mapToLong(Long::parseLong).sum();

    assertCapped(all, cap -> new FetchCaps(WIDE, WIDE, 99, WIDE, cap));
  }

  private void assertCapped(long needed, LongFunction<FetchCaps> caps) throws Exception {
    String url = server.url("theirs.git");
    assertThat(fetch(caps.apply(needed), url)).isInstanceOf(Fetched.class);
    assertThat(((Failed) fetch(caps.apply(needed - 1), url)).failure())
        .isEqualTo(FetchFailure.TOO_LARGE);
  }

  @Test
  void bytesOfTheListOfRefs() throws Exception {
    String body = SERVICE + line(OID + " refs/heads/a\0") + line(OID + " refs/heads/b");
    try (RawServer raw = RawServer.saying(ADVERTISEMENT + "\r\n" + body)) {
      long needed = body.length();

      assertThat(failure(new FetchCaps(WIDE, needed, 99, WIDE, WIDE), raw))
          .isEqualTo(FetchFailure.PROTOCOL);
      assertThat(failure(new FetchCaps(WIDE, needed - 1, 99, WIDE, WIDE), raw))
          .isEqualTo(FetchFailure.TOO_LARGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs", "capabilities", "heads", "one line"})
  @Timeout(60)
  void endlessListsEndAtTheCap(String what) throws Exception {
    String start = ADVERTISEMENT + "\r\n" + SERVICE;
    String drop =
        switch (what) {
          case "refs" -> "";
          case "capabilities" -> line("x".repeat(1_000));
          case "heads" -> line(OID + " .have");
          default -> "x".repeat(1_000);
        };
    if (what.equals("capabilities")) {
      start += line("version 2");
    }
    if (what.equals("one line")) {
      start = ADVERTISEMENT + "X: ";
    }
    try (RawServer raw =
        what.equals("refs")
            ? RawServer.counting(start, i -> line(OID + " refs/heads/" + i))
            : RawServer.flooding(start, drop.repeat(100))) {
      assertThat(failure(FetchCaps.defaults(), raw))
          .isIn(FetchFailure.TOO_LARGE, FetchFailure.PROTOCOL);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"progress without an end of line\t", "Counting: 1\r", "a line\n"})
  @Timeout(60)
  void serverThatTalksInsteadOfSendingIsCutOff(String talk) throws Exception {
    String objects =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-result\r\n\r\n";
    String words = line("\u0002" + talk.repeat(1_000)).repeat(10);
    String refs =
        SERVICE + line(tip + " refs/heads/main\0multi_ack_detailed side-band-64k") + "0000";
    try (RawServer raw =
        RawServer.inTurn(
            ADVERTISEMENT + "Content-Length: " + refs.length() + "\r\n\r\n" + refs,
            objects + line("NAK\n"),
            words)) {
      assertThat(failure(FetchCaps.defaults(), raw)).isEqualTo(FetchFailure.TOO_LARGE);
    }
  }

  /** A few kilobytes that would become a gigabyte of refs. */
  @Test
  void compressedAnswerIsNotDecompressed() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(compressed)) {
      zip.write(SERVICE.getBytes(StandardCharsets.US_ASCII));
    }
    String body = compressed.toString(StandardCharsets.ISO_8859_1);
    try (RawServer raw =
        RawServer.saying(ADVERTISEMENT + "Content-Encoding: gzip\r\n\r\n" + body)) {
      assertThat(failure(FetchCaps.defaults(), raw)).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void redirects(int hops) throws Exception {
    List<GitHttpServer> chain = new ArrayList<>();
    try {
      String next = server.baseUrl();
      for (int i = 0; i < hops; i++) {
        GitHttpServer hop = GitHttpServer.serving(directory);
        chain.add(hop);
        hop.redirectTo(next);
        next = hop.baseUrl();
      }
      FetchResult result = fetch(FetchCaps.defaults(), next + "/theirs.git");

      if (hops == 3) {
        assertThat(result).isInstanceOf(Fetched.class);
      } else {
        assertThat(result)
            .isEqualTo(new Failed(FetchFailure.REFUSED, "redirected more than 3 times"));
        assertThat(server.traffic().requests()).isZero();
      }
    } finally {
      chain.forEach(GitHttpServer::close);
    }
  }

  private static FetchCaps wire(long bytes) {
    return new FetchCaps(bytes, WIDE, 99, WIDE, WIDE);
  }

  private FetchFailure failure(FetchCaps caps, RawServer raw) throws Exception {
    Failed failed = (Failed) fetch(caps, raw.url("http"));
    return failed.failure();
  }

  /** Into a volume of its own, in which nothing of the attempt is left. */
  private FetchResult fetch(FetchCaps caps, String url) throws Exception {
    Path volume = directory.resolve("volume" + ++volumes);
    GitSettings settings =
        Fixture.settings(volume, Duration.ofSeconds(10), Duration.ofSeconds(40), caps);
    try (Fixture fixture = new Fixture(settings, "project")) {
      fixture.host(ALICE);
      FetchResult result = fixture.fetch(url, fixture.family(ALICE), tip);
      assertThat(fixture.attempts()).isEmpty();
      return result;
    }
  }

  private static String line(String text) {
    return "%04x%s".formatted(text.length() + 4, text);
  }
}
