package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.oids;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.sync.FetchResult.ObjectMissing;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/** What servers that lack objects are asked, counted in requests. */
class LackingServerIT {

  private static final String NOWHERE = "1".repeat(40);

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;
  private BareRepository theirs;
  private GitHttpServer server;
  private FamilyRepositories family;

  @BeforeEach
  void start() {
    fixture = new Fixture(volume, "project");
    fixture.host(ALICE);
    family = fixture.family(ALICE);
    theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    theirs.write().commits("main", 3);
    server = GitHttpServer.serving(elsewhere);
  }

  @AfterEach
  void stop() {
    server.close();
    fixture.close();
  }

  @Test
  void aServerThatHasItIsNotAskedForItsRefs() throws Exception {
    String tip = theirs.refs().get("refs/heads/main");

    assertThat(fetch(tip)).isInstanceOf(Fetched.class);
    assertThat(server.traffic().requests()).isEqualTo(2);
  }

  @Test
  void theFetchIsNotRepeatedWhileTheRefsAreTheSame() throws Exception {
    assertThat(fetch(NOWHERE)).isEqualTo(new ObjectMissing(new Oid(NOWHERE)));
    int before = server.traffic().requests();

    assertThat(fetch(NOWHERE)).isEqualTo(new ObjectMissing(new Oid(NOWHERE)));

    assertThat(server.traffic().requests() - before).as("its greeting and its refs").isEqualTo(2);
  }

  @Test
  void anOldProtocolsGreetingIsEnoughToKnowThatTheRefsAreTheSame() throws Exception {
    server.speakOldProtocol();
    assertThat(fetch(NOWHERE)).isEqualTo(new ObjectMissing(new Oid(NOWHERE)));
    int before = server.traffic().requests();

    assertThat(fetch(NOWHERE)).isEqualTo(new ObjectMissing(new Oid(NOWHERE)));
    assertThat(server.traffic().requests() - before).isEqualTo(1);

    String tip = theirs.write().commits("main", 1);
    assertThat(fetch(tip)).isInstanceOf(Fetched.class);
  }

  @Test
  void aPushIsNoticed() throws Exception {
    BareRepository pusher =
        GitWorkshop.in(elsewhere).cloneBare("file://" + theirs.path(), "pusher.git");
    String tip = pusher.write().commits("main", 1);
    assertThat(fetch(tip)).isEqualTo(new ObjectMissing(new Oid(tip)));

    pusher.push(theirs, "main");

    assertThat(fetch(tip)).isInstanceOf(Fetched.class);
  }

  @Test
  void aPushThatBuriesTheObjectBelowANewTipIsNoticed() throws Exception {
    BareRepository pusher =
        GitWorkshop.in(elsewhere).cloneBare("file://" + theirs.path(), "pusher.git");
    String wanted = pusher.write().commits("main", 1);
    assertThat(fetch(wanted)).isEqualTo(new ObjectMissing(new Oid(wanted)));

    pusher.write().commits("main", 2);
    pusher.push(theirs, "main");

    assertThat(fetch(wanted)).isInstanceOf(Fetched.class);
  }

  @Test
  void manyMissingObjectsTakeTwoExchanges() throws Exception {
    Set<String> wanted = new HashSet<>(nowhere(20));
    wanted.add(theirs.refs().get("refs/heads/main"));
    wanted.add(theirs.write().commits("side", 2));

    assertThat(hunt(wanted)).hasSize(2);
    assertThat(server.traffic().fetchesStarted()).isEqualTo(2);
  }

  @Test
  void aServerThatHasNothingOfManyIsAskedTwice() throws Exception {
    assertThat(hunt(nowhere(20))).isEmpty();
    assertThat(server.traffic().fetchesStarted()).isEqualTo(2);

    assertThat(hunt(nowhere(20))).isEmpty();
    assertThat(server.traffic().fetchesStarted()).as("one in each later run").isEqualTo(3);
  }

  @Test
  void anObjectThatNoRefShowsIsFoundAmongMissingOnes() throws Exception {
    String unshown = theirs.git().run("rev-parse", "refs/heads/main~1");
    Set<String> wanted = new HashSet<>(nowhere(2));
    wanted.add(unshown);

    Set<Oid> found = new HashSet<>();
    for (int runs = 0; found.isEmpty() && runs < 3; runs++) {
      found.addAll(hunt(wanted));
    }

    assertThat(found).isEqualTo(oids(unshown));
  }

  /** As a run does it: without what the server lacks, until it gave something or lacks it all. */
  private Set<Oid> hunt(Set<String> wanted) throws Exception {
    Set<String> rest = new HashSet<>(wanted);
    while (!rest.isEmpty()) {
      FetchResult result = fetch(rest.toArray(new String[0]));
      if (result instanceof Fetched fetched) {
        return fetched.oids();
      }
      ((ObjectMissing) result).oids().forEach(oid -> rest.remove(oid.hex()));
    }
    return Set.of();
  }

  private static Set<String> nowhere(int count) {
    return new HashSet<>(
        Arrays.asList(
            IntStream.range(1, count + 1).mapToObj("%040x"::formatted).toArray(String[]::new)));
  }

  private FetchResult fetch(String... oids) throws Exception {
    return fixture.fetch(server.url("theirs.git"), family, oids);
  }
}
