package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.CertificateAuthority;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;

/**
 * Git servers of https, whose certificates come from an authority that the sidecar was told of, as
 * an operator tells it, or from one that it was not.
 */
class HttpsIT {

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final String HOST = "localhost";

  @TempDir static Path directory;
  private static SSLContext trusted;
  private static SSLContext untrusted;
  private static RelayStage stage;

  private String repo;
  private BareRepository hosted;
  private String main;

  @BeforeAll
  static void start() throws Exception {
    CertificateAuthority known = CertificateAuthority.in(directory.resolve("known"));
    trusted = known.certify(HOST);
    untrusted = CertificateAuthority.in(directory.resolve("unknown")).certify(HOST);
    stage =
        RelayStage.in(
            directory,
            sidecar ->
                sidecar
                    .trusting(known)
                    .impatient()
                    .config("purgatory.throttle.max-per-minute", 10_000));
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void makeRepositories(TestInfo test) {
    repo = test.getTestMethod().orElseThrow().getName();
    hosted = stage.host(ALICE, repo);
    main = stage.remote(repo).write().commits("main", 2);
  }

  @Test
  void objectsArriveOverHttps() {
    try (GitHttpServer server = GitHttpServer.serving(stage.served(), HOST, trusted)) {
      assertThat(huntAt(url(server))).isEqualTo(url(server));

      assertThat(hosted.hasHistoryOf(main)).isTrue();
      assertThat(hosted.fsck().ok()).isTrue();
    }
  }

  @Test
  void redirectFromHttpToHttpsIsFollowed() {
    try (GitHttpServer server = GitHttpServer.serving(stage.served(), HOST, trusted);
        GitHttpServer plain = GitHttpServer.serving(stage.served(), HOST)) {
      plain.redirectTo(server.baseUrl());

      huntAt(url(plain));

      assertThat(server.traffic().fetchesStarted()).isOne();
    }
  }

  @Test
  void serverWhoseCertificateNobodyVouchesForIsPassedOver() {
    try (GitHttpServer server = GitHttpServer.serving(stage.served(), HOST, untrusted)) {
      assertThat(huntAt(url(server), stage.url(repo))).isEqualTo(stage.url(repo));

      assertThat(stage.sidecar().log()).contains(tlsFailure(server), "certification path");
      assertThat(server.traffic().requests()).isZero();
    }
  }

  @Test
  void serverWithTheCertificateOfAnotherHostIsPassedOver() {
    try (GitHttpServer server = GitHttpServer.serving(stage.served(), "127.0.0.2", trusted)) {
      assertThat(huntAt(url(server), stage.url(repo))).isEqualTo(stage.url(repo));

      assertThat(stage.sidecar().log()).contains(tlsFailure(server), "127.0.0.2");
      assertThat(server.traffic().requests()).isZero();
    }
  }

  @Test
  void eventWhoseOnlyServerIsNotTrustedStaysPending() {
    try (GitHttpServer server = GitHttpServer.serving(stage.served(), HOST, untrusted);
        ResultWatch watch = stage.relay().watch()) {
      SignedEvent state = enqueue(url(server));

      Await.until(SOON, "attempt", () -> failures(server) > 0);

      assertThat(watch.satisfied()).doesNotContain(state.id().hex());
      assertThat(hosted.refs()).isEmpty();
    }
  }

  /** Hunts for what is on the servers, and answers the URL that it came from. */
  private String huntAt(String... urls) {
    try (ResultWatch watch = stage.relay().watch()) {
      SignedEvent state = enqueue(urls);
      return watch.awaitSatisfied(SOON, state).getSourceUrls(0);
    }
  }

  private SignedEvent enqueue(String... urls) {
    SignedEvent state = ALICE.state(repo).ref("refs/heads/main", main).sign();
    stage.relay().enqueue(state, ALICE.announcement(repo).cloneUrls(urls).sign());
    return state;
  }

  private String url(GitHttpServer server) {
    return server.url(repo + ".git");
  }

  private String tlsFailure(GitHttpServer server) {
    return "Fetch for " + repo + " from " + url(server) + " failed: tls: ";
  }

  private int failures(GitHttpServer server) {
    return stage.sidecar().log().split(tlsFailure(server), -1).length - 1;
  }
}
