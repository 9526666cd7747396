package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.BOB;
import static org.purgatory.sync.git.Fixture.oids;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/** What a server of 50 MB sends to a family that lacks its last commit only. */
class LittleTravelsIT {

  private static final long LITTLE = 100_000;

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;
  private BareRepository theirs;
  private GitHttpServer server;

  @BeforeEach
  void start() {
    fixture = new Fixture(volume, "project");
    fixture.host(ALICE);
    fixture.host(BOB);
    theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    theirs.write().incompressible("main", 500, 100_000);
    server = GitHttpServer.serving(elsewhere);
  }

  @AfterEach
  void stop() {
    server.close();
    fixture.close();
  }

  @Test
  void onlyTheLastCommitTravelsIfItsOwnerHasTheRest() throws Exception {
    assertThat(sentForOneCommitMoreThan(ALICE)).isLessThan(LITTLE);
  }

  @Test
  void onlyTheLastCommitTravelsIfAnotherOwnerOfTheFamilyHasTheRest() throws Exception {
    assertThat(sentForOneCommitMoreThan(BOB)).isLessThan(LITTLE);
  }

  @Test
  void allTravelsIfNobodyHasAnything() throws Exception {
    String tip = theirs.write().commit("main", "Last");
    fetched(tip);
    assertThat(server.traffic().bytesSent()).isGreaterThan(50_000_000);
  }

  private long sentForOneCommitMoreThan(PublicKey owner) throws Exception {
    theirs.push(
        BareRepository.at(
            volume.resolve(fixture.settings.layout().path(owner, fixture.identifier()))),
        "main");
    fetched(theirs.write().commit("main", "Last"));
    return server.traffic().bytesSent();
  }

  private void fetched(String tip) throws Exception {
    Fetched result =
        (Fetched) fixture.fetch(server.url("theirs.git"), fixture.family(ALICE, BOB), tip);
    assertThat(result.oids()).isEqualTo(oids(tip));
  }
}
