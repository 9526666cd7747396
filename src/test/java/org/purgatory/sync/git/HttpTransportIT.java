package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.oids;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.sync.FetchResult.ObjectMissing;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.CertificateAuthority;
import org.purgatory.sync.testkit.Gate;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.Hold;

class HttpTransportIT {

  private static final String HOST = "git.example";
  private static final String NOWHERE = "1".repeat(40);

  @TempDir static Path certificates;

  private static SSLContext tls;

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private final List<String> asked = new ArrayList<>();
  private Fixture fixture;
  private BareRepository theirs;
  private GitHttpServer server;

  @BeforeAll
  static void certify() throws Exception {
    tls = CertificateAuthority.in(certificates).certify(HOST);
  }

  @BeforeEach
  void start() {
    fixture = fixture(Duration.ofSeconds(40), tls);
    fixture.host(ALICE);
    theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    server = GitHttpServer.serving(elsewhere);
  }

  private Fixture fixture(Duration total, SSLContext trusted) {
    GitSettings settings =
        Fixture.settings(volume, Duration.ofSeconds(20), total, FetchCaps.defaults());
    return new Fixture(settings, "project", new FixedNames(this::loopback), trusted);
  }

  @AfterEach
  void stop() {
    server.close();
    fixture.close();
  }

  private InetAddress[] loopback(String host) {
    asked.add(host);
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  @Test
  void fetchesFromOneServerShareAConnection() throws Exception {
    try (Gate gate = Gate.before(server.port())) {
      for (int i = 0; i < 3; i++) {
        fetched(url("http", HOST, gate));
        assertThat(fetch(url("http", HOST, gate), NOWHERE)).isInstanceOf(ObjectMissing.class);
      }

      assertThat(gate.connections()).isEqualTo(1);
      assertThat(asked).containsExactly(HOST);
    }
  }

  @Test
  void aConnectionThatTheServerClosedMeanwhileIsReplaced() throws Exception {
    try (Gate gate = Gate.before(server.port())) {
      fetched(url("http", HOST, gate));

      gate.closeConnections();
      fetched(url("http", HOST, gate));

      assertThat(gate.connections()).isEqualTo(2);
      assertThat(server.traffic().fetchesStarted()).isEqualTo(2);
    }
  }

  @Test
  void aFailureLeavesNothingBehindThatTheNextFetchWouldMeet() throws Exception {
    server.fail(500);
    fetch(server.url("theirs.git"), tip());
    server.answerNormally();

    fetched(server.url("theirs.git"));
  }

  @Test
  void encryptedConnectionsAreSharedToo() throws Exception {
    try (Gate gate = Gate.before(server.port(), tls.getServerSocketFactory())) {
      fetched(url("https", HOST, gate));
      fetched(url("https", HOST, gate));

      assertThat(gate.connections()).isEqualTo(1);
    }
  }

  @Test
  void anEncryptedConnectionThatTheServerClosedMeanwhileIsReplaced() throws Exception {
    try (Gate gate = Gate.before(server.port(), tls.getServerSocketFactory())) {
      fetched(url("https", HOST, gate));

      gate.closeConnections();
      fetched(url("https", HOST, gate));

      assertThat(gate.connections()).isEqualTo(2);
    }
  }

  @Test
  void aCertificateForAnotherHostIsATlsFailure() throws Exception {
    try (Gate gate = Gate.before(server.port(), tls.getServerSocketFactory())) {
      assertThat(failure(url("https", "other.example", gate))).isEqualTo(FetchFailure.TLS);
      assertThat(server.traffic().requests()).isZero();
    }
  }

  @Test
  void aCertificateOfNobodyIsATlsFailure() throws Exception {
    try (Gate gate = Gate.before(server.port(), tls.getServerSocketFactory());
        Fixture strict = fixture(Duration.ofSeconds(40), SSLContext.getDefault())) {
      Failed failed = (Failed) strict.fetch(url("https", HOST, gate), strict.family(ALICE), tip());

      assertThat(failed.failure()).isEqualTo(FetchFailure.TLS);
      assertThat(failed.detail()).hasLineCount(1);
    }
  }

  @Test
  @Timeout(20)
  void anEncryptedResponseThatDoesNotEndIsCutAtTheDeadline() throws Exception {
    String tip = tip();
    try (Gate gate = Gate.before(server.port(), tls.getServerSocketFactory());
        Fixture hasty = fixture(Duration.ofSeconds(3), tls);
        Hold hold = server.holdNextUploadPack()) {
      long start = System.nanoTime();

      FetchResult result = hasty.fetch(url("https", HOST, gate), hasty.family(ALICE), tip);

      assertThat(result).isEqualTo(new Failed(FetchFailure.TIMEOUT, "not done after 3 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
      hold.release();
    }
  }

  @Test
  void proxiesOfThisMachineAreNotUsed() throws Exception {
    Map<String, String> proxies =
        Map.of(
            "http.proxyHost", "127.0.0.1",
            "http.proxyPort", "1",
            "http.nonProxyHosts", "",
            "socksProxyHost", "127.0.0.1",
            "socksProxyPort", "1");
    String tip = tip();
    proxies.forEach(System::setProperty);
    try {
      assertThat(fetch(server.url("theirs.git"), tip)).isInstanceOf(Fetched.class);
    } finally {
      proxies.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  @Timeout(60)
  void exchangesWithOneServerDoNotWaitForEachOther() throws Exception {
    String held = tip();
    String tip = tip();
    try (Hold hold = server.holdNextUploadPack()) {
      CompletableFuture<FetchResult> first =
          fixture.start(server.url("theirs.git"), fixture.family(ALICE), held);
      hold.awaitArrival(Duration.ofSeconds(20));

      assertThat(fetch(server.url("theirs.git"), tip)).isInstanceOf(Fetched.class);
      assertThat(first).isNotDone();
      hold.release();
      assertThat(first.get()).isInstanceOf(Fetched.class);
    }
  }

  private void fetched(String url) throws Exception {
    String tip = tip();
    assertThat(fetch(url, tip)).isInstanceOf(Fetched.class);
    assertThat(fixture.missing(fixture.family(ALICE), tip)).isEqualTo(oids());
  }

  private FetchFailure failure(String url) throws Exception {
    return ((Failed) fetch(url, tip())).failure();
  }

  private FetchResult fetch(String url, String oid) throws Exception {
    return fixture.fetch(url, fixture.family(ALICE), oid);
  }

  private String tip() {
    return theirs.write().commits("main", 1);
  }

  private static String url(String scheme, String host, Gate gate) {
    return scheme + "://" + host + ":" + gate.port() + "/theirs.git";
  }
}
