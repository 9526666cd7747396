package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.RawServer.ADVERTISEMENT;
import static org.purgatory.sync.git.RawServer.SERVICE;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.Hold;

/** Fetches whose permit was lost, from servers that would keep them for as long as they may. */
class AbortedFetchIT {

  private static final String OID = "1".repeat(40);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Failed LOST =
      new Failed(FetchFailure.LOCAL, "the permit of the fetch was lost");

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private final FetchControl control = new FetchControl(Clock.systemUTC());
  private Fixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new Fixture(volume, "project", Duration.ofMinutes(1), Duration.ofMinutes(2));
    fixture.host(ALICE);
    fixture.repositories.warmUp();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  @Timeout(30)
  void serverThatNeverAnswersIsLeftAtOnce() throws Exception {
    try (GitHttpServer server = serving()) {
      try (Hold hold = server.stall()) {
        CompletableFuture<FetchResult> fetch = start(server, OID);
        hold.awaitArrival(SOON);
        assertAbortEnds(fetch);
        assertThat(control.arrivedAgo()).isEmpty();
      }
    }
  }

  @Test
  @Timeout(30)
  void serverThatStallsBeforeItsObjectsIsLeftAtOnce() throws Exception {
    try (GitHttpServer server = serving()) {
      Hold listing = server.holdNextUploadPack();
      CompletableFuture<FetchResult> fetch = start(server, OID);
      listing.awaitArrival(SOON);
      try (Hold objects = server.holdNextUploadPack()) {
        listing.release();
        objects.awaitArrival(SOON);
        assertThat(control.arrivedAgo()).isPresent();
        assertAbortEnds(fetch);
      }
    }
  }

  @Test
  @Timeout(30)
  void serverThatTricklesItsAnswerIsLeftAtOnce() throws Exception {
    String start = ADVERTISEMENT + "\r\n" + SERVICE + "000eversion 2\nffff";
    try (RawServer server = RawServer.trickling(start, "x", Duration.ofMillis(20))) {
      CompletableFuture<FetchResult> fetch =
          fixture.start(control, server.url("http"), fixture.family(ALICE), OID);
      server.awaitVisit(SOON);
      assertAbortEnds(fetch);
    }
  }

  @Test
  @Timeout(30)
  void abortedFetchAsksNobodyAnythingIfItHasNotBegun() throws Exception {
    try (GitHttpServer server = serving()) {
      control.abort();
      assertThat(start(server, OID)).succeedsWithin(SOON).isEqualTo(LOST);
      assertThat(server.traffic().requests()).isZero();
    }
  }

  @Test
  @Timeout(30)
  void abortedFetchLeavesNothingInTheWayOfTheNext() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String tip = theirs.write().commits("main", 3);
    try (GitHttpServer server = GitHttpServer.serving(elsewhere)) {
      try (Hold hold = server.holdNextUploadPack()) {
        CompletableFuture<FetchResult> fetch = start(server, tip);
        hold.awaitArrival(SOON);
        assertAbortEnds(fetch);
      }
      assertThat(fixture.fetch(server.url("theirs.git"), fixture.family(ALICE), tip))
          .isInstanceOf(Fetched.class);
    }
  }

  @Test
  @Timeout(30)
  void abortAfterTheFetchIsNothing() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String tip = theirs.write().commits("main", 3);
    try (GitHttpServer server = GitHttpServer.serving(elsewhere)) {
      assertThat(start(server, tip)).succeedsWithin(SOON).isInstanceOf(Fetched.class);
      control.abort();
      FetchResult next = fixture.fetch(server.url("theirs.git"), fixture.family(ALICE), tip);
      assertThat(next).isInstanceOf(Fetched.class);
    }
  }

  /** And leaves no file of the attempt. */
  private void assertAbortEnds(CompletableFuture<FetchResult> fetch) throws Exception {
    assertThat(fetch).isNotDone();
    long begin = System.nanoTime();
    control.abort();
    assertThat(fetch).succeedsWithin(SOON).isEqualTo(LOST);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(fixture.attempts()).isEmpty();
  }

  private GitHttpServer serving() {
    GitWorkshop.in(elsewhere).bare("theirs.git").write().commits("main", 1);
    return GitHttpServer.serving(elsewhere);
  }

  private CompletableFuture<FetchResult> start(GitHttpServer server, String oid) {
    return fixture.start(control, server.url("theirs.git"), fixture.family(ALICE), oid);
  }
}
