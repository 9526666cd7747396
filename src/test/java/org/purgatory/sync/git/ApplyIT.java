package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.STATE_ID;
import static org.purgatory.sync.git.Events.pullRequest;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.WantedRefs;
import org.purgatory.sync.testkit.BareRepository;

class ApplyIT extends TransferStage {

  private static final String REQUEST = "7".repeat(64);

  @Test
  void aStateMakesTheRepositoryWhatItSays() throws Throwable {
    String main = theirs.write().commits("main", 10);
    String side = theirs.write().commits("side", 3);
    String tag = theirs.write().tag("v1", main, "Version 1");
    bring(main, side, tag);

    RepositoryChange change =
        apply(
            wanted(
                state(
                    "refs/heads/side",
                    "refs/heads/main",
                    main,
                    "refs/heads/side",
                    side,
                    "refs/tags/v1",
                    tag)));

    assertThat(alices.refs())
        .isEqualTo(Map.of("refs/heads/main", main, "refs/heads/side", side, "refs/tags/v1", tag));
    assertThat(alices.head()).isEqualTo("refs/heads/side");
    assertThat(change.path()).isEqualTo(ALICE.npub() + "/" + IDENTIFIER + ".git");
    assertThat(change.head()).contains(new RefName("refs/heads/side"));
    assertThat(change.refs())
        .containsExactly(
            created("refs/heads/main", main),
            created("refs/heads/side", side),
            created("refs/tags/v1", tag));
    assertWhole(alices, main, side, tag);
    assertThat(bobs.refs()).isEmpty();
  }

  private static RefChange created(String name, String oid) {
    return new RefChange(new RefName(name), Optional.empty(), Optional.of(new Oid(oid)));
  }

  @Test
  void aFurtherStateUpdatesForcesAndDeletes() throws Throwable {
    String old = theirs.write().commits("main", 3);
    String gone = theirs.write().commits("gone", 2);
    bring(old, gone);
    apply(wanted(state("refs/heads/main", "refs/heads/main", old, "refs/heads/gone", gone)));
    theirs.deleteRef("refs/heads/main");
    String rewritten = theirs.write().commit("main", "All new");
    bring(rewritten);

    RepositoryChange change = apply(wanted(state("refs/heads/main", "refs/heads/main", rewritten)));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", rewritten));
    assertThat(change.head()).isEmpty();
    assertThat(change.refs()).hasSize(2);
    assertWhole(alices, rewritten);
  }

  @Test
  void theSameStateAgainChangesNothing() throws Throwable {
    String main = theirs.write().commits("main", 3);
    bring(main);
    WantedRefs wanted = wanted(state("refs/heads/main", "refs/heads/main", main));
    apply(wanted);

    assertThat(apply(wanted).isEmpty()).isTrue();
    assertThat(packs(alices)).hasSize(1);
  }

  @Test
  void aSecondPackHoldsOnlyWhatIsNew() throws Throwable {
    String first = theirs.write().commits("main", 100);
    bring(first);
    apply(wanted(state("refs/heads/main", "refs/heads/main", first)));
    String second = theirs.write().commits("main", 1);
    bring(second);

    apply(wanted(state("refs/heads/main", "refs/heads/main", second)));

    assertThat(packs(alices)).hasSize(2).anyMatch(pack -> size(pack) < 1000);
    assertWhole(alices, second);
  }

  @Test
  void packsLookLikeThoseOfGit() throws Throwable {
    String main = theirs.write().commits("main", 3);
    bring(main);
    apply(wanted(state("refs/heads/main", "refs/heads/main", main)));

    try (Stream<Path> files = Files.list(alices.path().resolve("objects/pack"))) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(
              file -> {
                assertThat(file.getFileName().toString()).matches("pack-[0-9a-f]{40}\\.(pack|idx)");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("r--r--r--");
              });
    }
  }

  @Test
  void namesThatAreInEachOthersWayAreSwapped() throws Throwable {
    String main = theirs.write().commits("main", 3);
    bring(main);
    apply(wanted(state(null, "refs/heads/a", main, "refs/heads/b/c", main)));

    apply(wanted(state(null, "refs/heads/a/d", main, "refs/heads/b", main)));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/a/d", main, "refs/heads/b", main));
  }

  @Test
  void aPullRequestGetsItsRefAndAWrongOneIsCorrected() throws Throwable {
    String main = theirs.write().commits("main", 3);
    String tip = theirs.write().commits("feature", 3);
    theirs.push(alices, "main");
    String ref = "refs/nostr/" + REQUEST;
    alices.updateRef(ref, main);
    bring(tip);

    RepositoryChange change = apply(wanted(pullRequest(REQUEST, tip)));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main, ref, tip));
    assertThat(change.refs())
        .containsExactly(
            new RefChange(new RefName(ref), Optional.of(new Oid(main)), Optional.of(new Oid(tip))));
    assertWhole(alices, tip);
  }

  @Test
  void otherNamespacesSurviveAState() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main:refs/nostr/" + REQUEST, "main:refs/notes/x", "main:refs/heads/old");

    apply(wanted(state(null, "refs/heads/main", main)));

    assertThat(alices.refs())
        .containsOnlyKeys("refs/nostr/" + REQUEST, "refs/notes/x", "refs/heads/main");
  }

  @Test
  void aStateWithoutRefsMovesNothing() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");

    assertThat(apply(wanted(state("refs/heads/none"))).isEmpty()).isTrue();
    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main));
  }

  @Test
  void headIsLeftAloneWhenItsBranchIsNotThere() throws Throwable {
    String main = theirs.write().commits("main", 3);
    bring(main);

    apply(wanted(state("refs/heads/none", "refs/heads/main", main)));

    assertThat(alices.head()).isEqualTo("refs/heads/main");
  }

  @Test
  void reflogsNameTheEvent() throws Throwable {
    alices.git().run("config", "core.logAllRefUpdates", "always");
    String main = theirs.write().commits("main", 3);
    bring(main);

    apply(wanted(state(null, "refs/heads/main", main)));

    assertThat(alices.git().run("reflog", "refs/heads/main"))
        .contains("purgatory-sync: " + STATE_ID);
  }

  private static List<Path> packs(BareRepository repository) throws Exception {
    try (Stream<Path> files = Files.list(repository.path().resolve("objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).toList();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
