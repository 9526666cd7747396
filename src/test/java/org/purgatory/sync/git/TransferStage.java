package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.BOB;
import static org.purgatory.sync.git.Fixture.oids;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.WantedRefs;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/**
 * A relay's volume with the empty repositories of two owners of a family, and a server elsewhere
 * that has a repository, empty too.
 */
abstract class TransferStage {

  static final String IDENTIFIER = "my 🚀 repo: the second";

  @TempDir Path volume;
  @TempDir Path elsewhere;

  Fixture fixture;
  BareRepository alices;
  BareRepository bobs;
  BareRepository theirs;
  GitHttpServer server;
  FamilyRepositories family;

  @BeforeEach
  final void start() {
    fixture = new Fixture(volume, IDENTIFIER);
    alices = fixture.host(ALICE);
    bobs = fixture.host(BOB);
    family = fixture.family(ALICE, BOB);
    theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    server = GitHttpServer.serving(elsewhere);
  }

  @AfterEach
  final void stop() {
    server.close();
    fixture.close();
  }

  /** Fetches objects from the server into the quarantine. */
  void bring(String... oids) throws Exception {
    assertThat(((Fetched) fixture.fetch(server.url("theirs.git"), family, oids)).oids())
        .isEqualTo(oids(oids));
  }

  RepositoryChange apply(WantedRefs wanted) throws Throwable {
    return fixture.apply(family, ALICE, wanted);
  }

  static void assertWhole(BareRepository repository, String... oids) {
    assertThat(repository.fsck().exitCode()).isZero();
    assertThat(oids).allMatch(repository::hasHistoryOf);
  }
}
