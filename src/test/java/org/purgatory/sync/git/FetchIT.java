package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.BOB;
import static org.purgatory.sync.git.Fixture.oids;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.sync.FetchResult.ObjectMissing;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

class FetchIT extends TransferStage {

  private static final String NOWHERE = "1".repeat(40);

  @Test
  void objectsThatNoRefAdvertisesAreFetchedWithTheirHistory() throws Exception {
    String old = theirs.write().commits("main", 20);
    theirs.write().commits("main", 5);

    FetchResult result = fetch(old);

    assertThat(result).isInstanceOf(Fetched.class);
    assertThat(((Fetched) result).oids()).isEqualTo(oids(old));
    assertThat(((Fetched) result).bytes()).isPositive();
    assertThat(fixture.missing(family, old)).isEmpty();
  }

  @Test
  void severalObjectsTakeOneExchange() throws Exception {
    String main = theirs.write().commits("main", 3);
    String side = theirs.write().commits("side", 3);
    String tag = theirs.write().tag("v1", main, "Version 1");

    assertThat(fetched(main, side, tag)).isEqualTo(oids(main, side, tag));
    assertThat(server.traffic().fetchesStarted()).isEqualTo(1);
  }

  @Test
  void theMissingObjectIsNamedAndNothingOfTheAttemptIsLeft() throws Exception {
    String main = theirs.write().commits("main", 3);

    assertThat(fetch(main, NOWHERE)).isEqualTo(new ObjectMissing(new Oid(NOWHERE)));
    assertNothingIncoming();
    assertThat(fetched(main)).isEqualTo(oids(main));
  }

  @Test
  void theMissingObjectIsNamedWhenThereAreCommonObjectsToo() throws Exception {
    fetched(theirs.write().commits("main", 50));
    String more = theirs.write().commits("main", 2);

    assertThat(fetch(more, NOWHERE)).isEqualTo(new ObjectMissing(new Oid(NOWHERE)));
  }

  @Test
  void theSecondFetchBringsOnlyWhatIsNew() throws Exception {
    byte[] noise = new byte[50_000];
    new Random(1).nextBytes(noise);
    String random = HexFormat.of().formatHex(noise);
    String big = theirs.write().commit("main", "Big", Map.of("big", random));
    long first = ((Fetched) fetch(big)).bytes();
    String small = theirs.write().commit("main", "Small");

    long second = ((Fetched) fetch(small)).bytes();

    assertThat(first).isGreaterThan(40_000);
    assertThat(second).isLessThan(5_000);
    assertThat(fixture.missing(family, big, small)).isEmpty();
  }

  @Test
  void aTagIsFetchedOfWhichAnOwnerHasTheCommitAlready() throws Exception {
    String main = theirs.write().commits("main", 3);
    theirs.push(repositoryOfBob(), "main");
    String tag = theirs.write().tag("v1", main, "Version 1");

    assertThat(fetched(tag)).isEqualTo(oids(tag));
    assertThat(fixture.missing(family, tag)).isEmpty();
  }

  @Test
  void whatAnOwnerHasAlreadyDoesNotTravel() throws Exception {
    theirs.write().commits("main", 100);
    theirs.push(repositoryOfBob(), "main");
    String tip = theirs.write().commits("main", 2);

    Fetched result = (Fetched) fetch(tip);

    assertThat(result.oids()).isEqualTo(oids(tip));
    assertThat(result.bytes()).isLessThan(5_000);
  }

  @Test
  void aRepositoryThatIsNotThereIsNotFound() throws Exception {
    Failed failed = (Failed) fixture.fetch(server.url("nothing.git"), family, NOWHERE);

    assertThat(failed.failure()).isEqualTo(FetchFailure.NOT_FOUND);
    assertThat(failed.detail()).isEqualTo("HTTP 404");
  }

  @Test
  void statusCodesSayWhyAFetchFailed() throws Exception {
    assertThat(failureAt(401)).isEqualTo(FetchFailure.UNAUTHORIZED);
    assertThat(failureAt(403)).isEqualTo(FetchFailure.UNAUTHORIZED);
    assertThat(failureAt(410)).isEqualTo(FetchFailure.NOT_FOUND);
    assertThat(failureAt(429)).isEqualTo(FetchFailure.RATE_LIMITED);
    assertThat(failureAt(500)).isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(failureAt(503)).isEqualTo(FetchFailure.RATE_LIMITED);
    assertThat(server.traffic().requests()).isEqualTo(6);
    assertNothingIncoming();
  }

  private FetchFailure failureAt(int status) throws Exception {
    server.fail(status);
    return failure(fetch(NOWHERE));
  }

  @Test
  void aServerThatIsDownIsUnreachable() throws Exception {
    server.down();

    assertThat(failure(fetch(NOWHERE))).isEqualTo(FetchFailure.UNREACHABLE);
  }

  @Test
  void aServerThatHangsUpIsAServerError() throws Exception {
    server.hangUp();

    assertThat(failure(fetch(NOWHERE))).isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(server.traffic().requests()).isEqualTo(1);
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    String main = theirs.write().commits("main", 3);
    try (GitHttpServer old = GitHttpServer.serving(volume)) {
      old.redirectTo(server.baseUrl());

      FetchResult result = fixture.fetch(old.url("theirs.git"), family, main);

      assertThat(result).isInstanceOf(Fetched.class);
    }
  }

  @Test
  void redirectsThatDoNotEndAreRefused() throws Exception {
    server.redirectTo(server.baseUrl());

    assertThat(fetch(NOWHERE))
        .isEqualTo(new Failed(FetchFailure.REFUSED, "redirected more than 3 times"));
    assertThat(server.traffic().requests()).isEqualTo(4);
  }

  @Test
  void objectsOfTheOtherFormatAreRefused() throws Exception {
    Failed failed = (Failed) fetch("2".repeat(64));

    assertThat(failed)
        .isEqualTo(new Failed(FetchFailure.PROTOCOL, "SHA-256 repositories are not supported"));
    assertThat(fixture.missing(family, "2".repeat(64))).isEqualTo(oids("2".repeat(64)));
  }

  @Test
  void aShallowServerCannotPassForWhole() throws Exception {
    String tip = theirs.write().commits("main", 5);
    GitWorkshop.in(elsewhere).cloneBare("file://" + theirs.path(), "shallow.git", "--depth=1");

    Failed result = (Failed) fixture.fetch(server.url("shallow.git"), family, tip);

    assertThat(result.failure()).isEqualTo(FetchFailure.BAD_OBJECTS);
    assertThat(fixture.missing(family, tip)).isEqualTo(oids(tip));
    assertThat(fetched(tip)).isEqualTo(oids(tip));
    assertThat(fixture.missing(family, tip)).isEmpty();
  }

  @Test
  void dangerousObjectsAreRefused() throws Exception {
    String blob =
        theirs
            .git()
            .run("x".getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin")
            .stdout();
    String tree =
        theirs
            .git()
            .run(("100644 blob " + blob + "\t.GIT\n").getBytes(StandardCharsets.UTF_8), "mktree")
            .stdout();
    theirs.updateRef("refs/heads/main", commit(tree));

    assertThat(failure(fetch(theirs.refs().get("refs/heads/main"))))
        .isEqualTo(FetchFailure.BAD_OBJECTS);
    assertNothingIncoming();
  }

  private String commit(String tree) {
    return theirs
        .git()
        .run("-c", "user.name=x", "-c", "user.email=x@y", "commit-tree", "-m", "m", tree);
  }

  @Test
  void dangerousModulesAreRefused() throws Exception {
    String tip =
        theirs
            .write()
            .commit(
                "main",
                "m",
                Map.of(".gitmodules", "[submodule \"x\"]\n path = x\n url = -u./payload\n"));

    assertThat(failure(fetch(tip))).isEqualTo(FetchFailure.BAD_OBJECTS);
  }

  @Test
  void oldObjectsAreTaken() throws Exception {
    String tree = theirs.git().run(new byte[0], "mktree").stdout();
    String text = "tree " + tree + "\nauthor A<a@b> 1 +051800\ncommitter A <a@b> 1 +0000\n\nold\n";
    String tip =
        theirs
            .git()
            .run(
                text.getBytes(StandardCharsets.UTF_8),
                "hash-object",
                "-w",
                "--literally",
                "-t",
                "commit",
                "--stdin")
            .stdout();
    theirs.updateRef("refs/heads/main", tip);

    assertThat(fetched(tip)).isEqualTo(oids(tip));
  }

  private Set<Oid> fetched(String... oids) throws Exception {
    return ((Fetched) fetch(oids)).oids();
  }

  private FetchResult fetch(String... oids) throws Exception {
    return fixture.fetch(server.url("theirs.git"), family, oids);
  }

  private static FetchFailure failure(FetchResult result) {
    return ((Failed) result).failure();
  }

  private void assertNothingIncoming() {
    assertThat(fixture.attempts()).isEmpty();
  }

  private BareRepository repositoryOfBob() {
    return BareRepository.at(
        volume.resolve(fixture.settings.layout().path(BOB, family.identifier())));
  }
}
