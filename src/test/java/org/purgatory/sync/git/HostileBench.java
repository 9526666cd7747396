package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevObject;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.sync.FetchResult.ObjectMissing;
import org.purgatory.sync.testkit.Git;
import org.purgatory.sync.testkit.hostile.HostileGitServer;

/** Fetches from a server that says anything, and checks what must hold whatever it says. */
final class HostileBench implements AutoCloseable {

  private static final Duration STALL = Duration.ofSeconds(5);
  private static final Duration TOTAL = Duration.ofSeconds(20);
  private static final int MOST_REQUESTS = 6;

  private final Fixture fixture;
  private final FamilyRepositories family;
  private final HostileGitServer server;
  private volatile HostileGitServer.Script script;
  private int requests;

  HostileBench(Path volume) throws IOException {
    fixture = new Fixture(volume, "project", STALL, TOTAL);
    fixture.host(ALICE);
    fixture.repositories.warmUp();
    family = fixture.family(ALICE);
    server = HostileGitServer.saying((asked, body, out) -> script.answer(asked, body, out));
  }

  /**
   * Fetches once.
   *
   * @param said what the server says
   * @param thoroughly whether C git looks at what was fetched
   */
  FetchResult fetch(HostileGitServer.Script said, boolean thoroughly, String... wanted)
      throws Exception {
    script = said;
    FetchResult result = fixture.fetch(server.url(), family, wanted);
    assertThat(server.requests() - requests).as("requests").isLessThanOrEqualTo(MOST_REQUESTS);
    requests = server.requests();
    assertThat(fixture.attempts()).as("left behind").isEmpty();
    if (result instanceof Failed failed) {
      assertThat(failed.failure())
          .as("%s", failed)
          .isNotIn(FetchFailure.LOCAL, FetchFailure.TIMEOUT);
      assertThat(failed.detail()).matches("\\P{Cntrl}*");
      assertThat(fixture.quarantines.existing(family)).as("a quarantine").isEmpty();
    } else if (result instanceof ObjectMissing missing) {
      assertThat(missing.oids()).isNotEmpty().isSubsetOf(Fixture.oids(wanted));
    } else if (result instanceof Fetched fetched) {
      assertComplete(fetched, thoroughly, wanted);
      fixture.quarantines.retire(family).ifPresent(fixture.quarantines::discard);
    }
    return result;
  }

  private void assertComplete(Fetched fetched, boolean thoroughly, String... wanted)
      throws IOException {
    assertThat(fetched.oids()).isNotEmpty().isSubsetOf(Fixture.oids(wanted));
    Path quarantine = fixture.quarantines.existing(family).orElseThrow();
    try (Repository repository = BareRepositories.open(quarantine);
        ObjectWalk walk = new ObjectWalk(repository)) {
      for (Oid oid : fetched.oids()) {
        walk.markStart(walk.parseAny(Oids.toJGit(oid)));
      }
      while (walk.next() != null) {
        continue;
      }
      for (RevObject o = walk.nextObject(); o != null; o = walk.nextObject()) {
        assertIsWhatItsNameSays(repository, o);
      }
    }
    if (thoroughly) {
      String[] fsck = {"fsck", "--full", "--no-dangling"};
      assertThat(Git.in(quarantine).attempt(fsck).ok()).as(Arrays.toString(fsck)).isTrue();
    }
  }

  private static void assertIsWhatItsNameSays(Repository repository, RevObject object)
      throws IOException {
    ObjectLoader loader = repository.open(object, object.getType());
    try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
      assertThat((Object) formatter.idFor(object.getType(), loader.getBytes()))
          .as(Constants.typeString(object.getType()))
          .isEqualTo(object.copy());
    }
  }

  @Override
  public void close() {
    server.close();
    fixture.close();
  }
}
