package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitWorkshop;

/** Each fetch leaves a pack in the quarantine. */
class ConsolidationIT {

  private static final int FETCHES = 2 * Consolidation.MOST_PACKS + 10;

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;
  private FamilyRepositories family;
  private BareRepository alices;
  private BareRepository theirs;
  private List<String> commits;
  private Repository source;
  private LocalServers servers;

  @BeforeEach
  void start() throws Exception {
    fixture = new Fixture(volume, "project");
    family = fixture.family(ALICE);
    alices = fixture.host(ALICE);
    theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    theirs.write().commits("main", FETCHES);
    commits = new ArrayList<>();
    theirs.git().run("rev-list", "--reverse", "main").lines().forEach(commits::add);
    source = BareRepositories.open(theirs.path());
    servers = new LocalServers(Map.of("theirs.example", source), fixture, () -> {});
  }

  @AfterEach
  void stop() {
    source.close();
    fixture.close();
  }

  @Test
  void manySmallFetchesLeaveFewPacks() throws Throwable {
    for (String commit : commits) {
      fetch(commit);
      assertThat(packs()).hasSizeLessThanOrEqualTo(Consolidation.MOST_PACKS);
    }

    assertThat(fixture.missing(family, commits.toArray(String[]::new))).isEmpty();
    assertThat(fixture.attempts()).isEmpty();
    String tip = commits.get(FETCHES - 1);
    fixture.apply(family, ALICE, wanted(state(null, "refs/heads/main", tip)));
    assertThat(alices.fsck().ok()).isTrue();
    assertThat(alices.hasHistoryOf(tip)).isTrue();
  }

  @Test
  void whatAnOwnersRefsReachIsKeptNoLonger() throws Throwable {
    String first = commits.get(9);
    fetch(first);
    fixture.apply(family, ALICE, wanted(state(null, "refs/heads/main", first)));
    for (int i = 10; i < 10 + Consolidation.MOST_PACKS; i++) {
      fetch(commits.get(i));
    }

    try (Repository quarantine = BareRepositories.open(fixture.quarantines.of(family))) {
      assertThat(quarantine.getObjectDatabase().has(ObjectId.fromString(first))).isFalse();
      assertThat(Promotion.complete(quarantine))
          .hasSize(Consolidation.MOST_PACKS)
          .doesNotContain(ObjectId.fromString(first));
    }
    assertThat(fixture.missing(family, first, commits.get(20))).isEmpty();
  }

  @Test
  void whoIsReadingMeanwhileFindsEverything() throws Throwable {
    for (int i = 0; i < Consolidation.MOST_PACKS; i++) {
      fetch(commits.get(i));
    }
    try (FamilyView view =
            FamilyView.open(new Volume(fixture.settings), fixture.quarantines, family);
        ObjectReader reader = view.repository().newObjectReader()) {
      assertThat(reader.has(ObjectId.fromString(commits.get(0)))).isTrue();

      fetch(commits.get(Consolidation.MOST_PACKS));

      assertThat(packs()).hasSize(2);
      for (int i = 0; i < Consolidation.MOST_PACKS; i++) {
        assertThat(reader.open(ObjectId.fromString(commits.get(i))).getSize()).isPositive();
      }
    }
  }

  @Test
  void nothingIsThrownAwayWhenSomethingItBuildsOnIsGone() throws Throwable {
    theirs.push(alices, commits.get(5) + ":refs/heads/base");
    for (int i = 6; i < 6 + Consolidation.MOST_PACKS; i++) {
      fetch(commits.get(i));
    }
    alices.deleteRef("refs/heads/base");
    alices.prune();

    fetch(commits.get(100));

    assertThat(packs()).hasSizeGreaterThan(Consolidation.MOST_PACKS);
  }

  private void fetch(String commit) {
    FetchRequest request =
        new FetchRequest(
            family,
            CloneUrl.parse("https://theirs.example/r"),
            new TreeSet<>(Fixture.oids(commit)));
    assertThat(servers.fetch(request, new FetchControl(Clock.systemUTC())))
        .isCompletedWithValueMatching(result -> result instanceof Fetched);
  }

  private List<Path> packs() throws Exception {
    List<Path> packs = new ArrayList<>();
    for (Path quarantine : Directories.entries(volume.resolve(".purgatory/quarantine"))) {
      for (Path file : Directories.entries(quarantine.resolve("objects/pack"))) {
        if (file.toString().endsWith(".pack")) {
          packs.add(file);
        }
      }
    }
    return packs;
  }
}
