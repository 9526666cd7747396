package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.testkit.CertificateAuthority;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.Hold;

/** What fetches show of the servers that they went to. */
class ServerSignIT {

  private static final String OID = "1".repeat(40);
  private static final ExchangeSign ANSWERED = new ExchangeSign.Answered();
  private static final ExchangeSign NONE = new ExchangeSign.NoSign();

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;
  private GitHttpServer server;

  @BeforeEach
  void start() {
    fixture = new Fixture(volume, "project", Duration.ofSeconds(1), Duration.ofMinutes(1));
    fixture.host(ALICE);
    GitWorkshop.in(elsewhere).bare("theirs.git");
    server = GitHttpServer.serving(elsewhere);
  }

  @AfterEach
  void stop() {
    server.close();
    fixture.close();
  }

  @Test
  void anyAnswerShowsThatTheServerIsThere() throws Exception {
    assertThat(sign(server.url("theirs.git"))).isEqualTo(ANSWERED);
    for (int status : new int[] {401, 404, 429, 500, 503}) {
      server.fail(status);
      assertThat(sign(server.url("theirs.git"))).isEqualTo(ANSWERED);
    }
  }

  @Test
  void serverAsksForPatience() throws Exception {
    for (int status : new int[] {429, 503}) {
      server.fail(status, Duration.ofSeconds(7));
      assertThat(sign(server.url("theirs.git")))
          .isEqualTo(new ExchangeSign.AskedForPatience(Duration.ofSeconds(7)));
    }
    server.fail(500, Duration.ofSeconds(7));
    assertThat(sign(server.url("theirs.git"))).isEqualTo(ANSWERED);
  }

  @Test
  void closedPortAndUnknownHostCannotBeReached() throws Exception {
    ExchangeSign unreachable = new ExchangeSign.Unreachable(CircuitCause.UNREACHABLE);
    server.down();
    assertThat(sign(server.url("theirs.git"))).isEqualTo(unreachable);
    assertThat(sign("http://nobody.invalid/theirs.git")).isEqualTo(unreachable);
  }

  @Test
  void untrustedCertificateIsAFailureOfEncryption() throws Exception {
    CertificateAuthority stranger = CertificateAuthority.in(elsewhere.resolve("stranger"));
    try (GitHttpServer encrypted =
        GitHttpServer.serving(elsewhere, "localhost", stranger.certify("localhost"))) {
      assertThat(sign(encrypted.url("theirs.git")))
          .isEqualTo(new ExchangeSign.Unreachable(CircuitCause.TLS));
    }
  }

  @Test
  void serverThatSaysNothingShowsNothing() throws Exception {
    try (Hold hold = server.stall()) {
      assertThat(sign(server.url("theirs.git"))).isEqualTo(NONE);
      hold.awaitArrival(Duration.ofSeconds(1));
    }
    server.hangUp();
    assertThat(sign(server.url("theirs.git"))).isEqualTo(NONE);
  }

  @Test
  void redirectToAClosedPortIsNoFaultOfTheServerThatRedirects() throws Exception {
    try (GitHttpServer gone = GitHttpServer.serving(elsewhere)) {
      server.redirectTo(gone.baseUrl());
    }
    assertThat(sign(server.url("theirs.git"))).isEqualTo(ANSWERED);
  }

  private ExchangeSign sign(String url) throws Exception {
    FetchControl control = new FetchControl(Clock.systemUTC());
    fixture.start(control, url, fixture.family(ALICE), OID).get(60, TimeUnit.SECONDS);
    return control.sign();
  }
}
