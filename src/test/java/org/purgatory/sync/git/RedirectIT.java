package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.net.URL;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/** Where a server may send a fetch on to, and where not. */
class RedirectIT extends HostileServerStage {

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
}
