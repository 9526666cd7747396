package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.sync.FetchResult.ObjectMissing;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/** Which servers are greeted before they are asked for objects, counted in requests. */
class GreetingIT {

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;
  private BareRepository theirs;
  private GitHttpServer server;

  @BeforeEach
  void start() {
    fixture = new Fixture(volume, "project");
    fixture.host(ALICE);
    theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    server = GitHttpServer.serving(elsewhere);
  }

  @AfterEach
  void stop() {
    server.close();
    fixture.close();
  }

  @Test
  void aServerThatGaveAllIsNotGreetedAgain() throws Exception {
    assertThat(requestsOfAFetch()).isEqualTo(2);

    assertThat(requestsOfAFetch()).isEqualTo(1);
    assertThat(requestsOfAFetch()).isEqualTo(1);
  }

  @Test
  void theMinuteOfThePermitBeginsWithTheFirstAnswerAllTheSame() throws Exception {
    requestsOfAFetch();
    FetchControl control = new FetchControl(Clock.systemUTC());
    String tip = theirs.write().commits("main", 1);

    FetchResult result =
        fixture.start(control, url(), fixture.family(ALICE), tip).get(30, TimeUnit.SECONDS);

    assertThat(result).isInstanceOf(Fetched.class);
    assertThat(control.arrivedAgo()).isPresent();
  }

  @Test
  void aServerThatLackedSomethingIsGreetedAgain() throws Exception {
    requestsOfAFetch();
    String nowhere = "1".repeat(40);
    assertThat(fetch(nowhere)).isEqualTo(new ObjectMissing(new Oid(nowhere)));
    int before = server.traffic().fetchesStarted();

    requestsOfAFetch();

    assertThat(server.traffic().fetchesStarted() - before).isEqualTo(1);
  }

  @Test
  void aServerOfTheOldProtocolIsGreetedEachTime() throws Exception {
    server.speakOldProtocol();

    assertThat(requestsOfAFetch()).isEqualTo(2);
    assertThat(requestsOfAFetch()).isEqualTo(2);
  }

  @Test
  void aServerThatTurnsToTheOldProtocolFailsOneFetch() throws Exception {
    requestsOfAFetch();
    server.speakOldProtocol();
    String tip = theirs.write().commits("main", 1);

    assertThat(fetch(tip)).isInstanceOf(Failed.class);
    assertThat(fetch(tip)).isInstanceOf(Fetched.class);
  }

  @Test
  void aRepositoryThatMovedFailsOneFetch() throws Exception {
    requestsOfAFetch();
    try (GitHttpServer other = GitHttpServer.serving(elsewhere)) {
      server.redirectTo(other.baseUrl());
      String tip = theirs.write().commits("main", 1);

      assertThat(fetch(tip)).isInstanceOf(Failed.class);
      assertThat(fetch(tip)).isInstanceOf(Fetched.class);
    }
  }

  @Test
  void whoIsRedirectedIsGreetedEachTime() throws Exception {
    try (GitHttpServer front = GitHttpServer.serving(elsewhere)) {
      front.redirectTo(server.baseUrl());
      for (int i = 0; i < 2; i++) {
        String tip = theirs.write().commits("main", 1);

        assertThat(fixture.fetch(front.url("theirs.git"), fixture.family(ALICE), tip))
            .isInstanceOf(Fetched.class);
      }
      assertThat(front.traffic().requests()).isEqualTo(2);
    }
  }

  @Test
  void aFailureIsToldAsWhatItIsWithoutAGreetingToo() throws Exception {
    requestsOfAFetch();
    String tip = theirs.write().commits("main", 1);
    server.fail(404);

    assertThat(fetch(tip)).isEqualTo(new Failed(FetchFailure.NOT_FOUND, "HTTP 404"));
  }

  private int requestsOfAFetch() throws Exception {
    int before = server.traffic().requests();
    assertThat(fetch(theirs.write().commits("main", 1))).isInstanceOf(Fetched.class);
    return server.traffic().requests() - before;
  }

  private FetchResult fetch(String oid) throws Exception {
    return fixture.fetch(url(), fixture.family(ALICE), oid);
  }

  private String url() {
    return server.url("theirs.git");
  }
}
