package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.CertificateAuthority;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.Gate;
import org.purgatory.sync.testkit.RedisServer;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SidecarBuilder;
import org.purgatory.sync.testkit.SidecarProcess;
import org.purgatory.sync.testkit.SignedEvent;

/**
 * A Redis behind TLS. The redis-server that Maven brings has none itself, so that it ends before
 * it.
 */
class RedisOverTlsIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir static Path certificates;
  private static CertificateAuthority known;
  private static ServerSocketFactory tls;
  private static RedisServer redis;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    known = CertificateAuthority.in(certificates);
    tls = known.certify("localhost").getServerSocketFactory();
    redis = RedisServer.start("--requirepass", "secret");
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void huntWorksWithRedisOverTls() throws Exception {
    try (Gate gate = Gate.before(redis.port(), tls);
        RelayStage stage =
            RelayStage.in(directory, sidecar -> on(gate, "localhost", sidecar.trusting(known)));
        ResultWatch watch = stage.relay().watch()) {
      BareRepository hosted = stage.host(ALICE, "repo");
      String main = stage.remote("repo").write().commits("main", 2);
      SignedEvent state = ALICE.state("repo").ref("refs/heads/main", main).sign();

      stage.relay().enqueue(state, ALICE.announcement("repo").cloneUrls(stage.url("repo")).sign());

      watch.awaitSatisfied(SOON, state);
      assertThat(hosted.hasHistoryOf(main)).isTrue();
    }
  }

  @Test
  void pemOfTheAuthorityIsEnoughForRedisAlone() throws Exception {
    try (Gate gate = Gate.before(redis.port(), tls);
        SidecarProcess sidecar =
            on(gate, "localhost", alone())
                .config("quarkus.redis.tls.trust-certificate-pem", true)
                .config("quarkus.redis.tls.trust-certificate-pem.certs", known.pem())
                .start()) {
      assertThat(sidecar.isReady()).isTrue();
    }
  }

  @Test
  void redisWhoseCertificateNobodyVouchesForIsNotTalkedTo() throws Exception {
    try (Gate gate = Gate.before(redis.port(), tls);
        SidecarProcess sidecar = on(gate, "localhost", alone()).launch().awaitStarted()) {
      awaitProblem(sidecar, "no encrypted connection to Redis");
    }
  }

  @Test
  void redisWithTheCertificateOfAnotherHostIsNotTalkedTo() throws Exception {
    try (Gate gate = Gate.before(redis.port(), tls);
        SidecarProcess sidecar =
            on(gate, "127.0.0.1", alone().trusting(known)).launch().awaitStarted()) {
      awaitProblem(sidecar, "no encrypted connection to Redis");
    }
  }

  private SidecarBuilder alone() {
    return SidecarProcess.builder().config("purgatory.git.root", directory);
  }

  private static SidecarBuilder on(Gate gate, String host, SidecarBuilder sidecar) {
    return sidecar
        .config("purgatory.store", "redis")
        .config("quarkus.redis.hosts", "rediss://" + host + ":" + gate.port())
        .config("quarkus.redis.password", "secret");
  }

  private static void awaitProblem(SidecarProcess sidecar, String text) {
    Await.until(SOON, "problem: " + text, () -> problem(sidecar).contains(text));
  }

  private static String problem(SidecarProcess sidecar) {
    return RestAssured.get(sidecar.managementUrl() + "/q/health/ready").asString();
  }
}
