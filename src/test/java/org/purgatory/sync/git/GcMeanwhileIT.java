package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.sync.WantedRefs;

/**
 * The relay's git tidies up at the worst moment: the objects have come, and no ref reaches them
 * yet. The fence is asked right then.
 */
class GcMeanwhileIT extends TransferStage {

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(alices.fsck().ok()).as(alices.fsck().output()).isTrue();
    assertThat(alices.path().resolve("objects/pack"))
        .isDirectoryNotContaining("glob:**.keep")
        .isDirectoryNotContaining("glob:**tmp*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gc --quiet --prune=now", "repack -a -d -q", "prune --expire=now"})
  void whatTheRelaysGitThrowsAwayMeanwhileIsNotOurs(String command) throws Throwable {
    String main = theirs.write().commits("main", 10);
    bring(main);

    apply(main(main), () -> alices.git().run(command.split(" ")));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main));
    assertThat(alices.hasHistoryOf(main)).isTrue();
  }

  /** As a repack does that has made its list before the ref was there, and ends after it. */
  @Test
  void aRepackThatEndsAfterwardsDoesNotHaveOurPackOnItsList() throws Throwable {
    String main = theirs.write().commits("main", 10);
    bring(main);
    List<Path> victims = new ArrayList<>();

    apply(main(main), () -> victims.addAll(packsWithoutKeep()));
    for (Path victim : victims) {
      delete(victim);
    }

    assertThat(alices.hasHistoryOf(main)).isTrue();
  }

  /** An earlier try has left the same objects, and a repack is about to delete that pack. */
  @Test
  void aPackThatIsThereAlreadyIsNotReliedOn() throws Throwable {
    String main = theirs.write().commits("main", 10);
    bring(main);
    apply(main(main), () -> {});
    alices.deleteRef("refs/heads/main");
    List<Path> victims = packsWithoutKeep();
    assertThat(victims).hasSize(1);

    apply(main(main), () -> {});
    for (Path victim : victims) {
      delete(victim);
    }

    assertThat(alices.hasHistoryOf(main)).isTrue();
  }

  @Test
  void whatARefReachedThatIsDeletedMeanwhileComesAgain() throws Throwable {
    String base = theirs.write().commits("main", 10);
    theirs.push(alices, "main:refs/notes/base");
    theirs.push(bobs, "main");
    String tip = theirs.write().commits("main", 3);
    bring(tip);

    apply(main(tip), () -> deleteAndPrune("refs/notes/base"));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", tip));
    assertThat(alices.hasHistoryOf(tip)).isTrue();
    assertThat(alices.hasHistoryOf(base)).isTrue();
  }

  @Test
  void aBranchWhoseTipIsAnotherRefsThatIsDeletedMeanwhileIsWhole() throws Throwable {
    String base = theirs.write().commits("main", 10);
    theirs.push(alices, "main:refs/notes/base");
    theirs.push(bobs, "main");

    apply(main(base), () -> alices.deleteRef("refs/notes/base"));
    // It has begun while no ref was there, and has seen none.
    for (Path victim : loose()) {
      Files.delete(victim);
    }

    assertThat(alices.hasHistoryOf(base)).isTrue();
  }

  @Test
  void aRefIsTakenBackRatherThanLeftToWhatIsGone() throws Throwable {
    theirs.write().commits("main", 10);
    theirs.push(alices, "main:refs/notes/base");
    String tip = theirs.write().commits("main", 3);
    bring(tip);

    assertThatThrownBy(() -> apply(main(tip), () -> deleteAndPrune("refs/notes/base")))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining(ALICE.npub())
        .hasMessageContaining("will be fetched again");

    assertThat(alices.refs()).isEmpty();
    assertThat(fixture.missing(family, tip)).isEqualTo(Fixture.oids(tip));
    bring(tip);
    apply(main(tip), () -> {});
    assertThat(alices.hasHistoryOf(tip)).isTrue();
  }

  private static WantedRefs main(String oid) {
    return wanted(state(null, "refs/heads/main", oid));
  }

  private void deleteAndPrune(String ref) {
    alices.deleteRef(ref);
    alices.prune();
  }

  private void apply(WantedRefs wanted, Meanwhile meanwhile) throws Throwable {
    fixture.apply(
        family,
        ALICE,
        wanted,
        () -> {
          try {
            meanwhile.happens();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return completedFuture(true);
        });
  }

  private List<Path> packsWithoutKeep() throws Exception {
    return Directories.entries(alices.path().resolve("objects/pack")).stream()
        .filter(file -> file.toString().endsWith(".pack"))
        .filter(file -> !Files.exists(withSuffix(file, ".keep")))
        .toList();
  }

  private List<Path> loose() throws Exception {
    try (Stream<Path> files = Files.walk(alices.path().resolve("objects"))) {
      return files.filter(f -> f.getFileName().toString().matches("[0-9a-f]{38}")).toList();
    }
  }

  private static void delete(Path pack) throws Exception {
    Files.delete(pack);
    Files.delete(withSuffix(pack, ".idx"));
  }

  private static Path withSuffix(Path pack, String suffix) {
    return pack.resolveSibling(pack.getFileName().toString().replace(".pack", suffix));
  }

  private interface Meanwhile {
    void happens() throws Exception;
  }
}
