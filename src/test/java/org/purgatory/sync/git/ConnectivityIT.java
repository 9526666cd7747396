package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.testkit.hostile.GitText.bytes;
import static org.purgatory.sync.testkit.hostile.GitText.commit;
import static org.purgatory.sync.testkit.hostile.GitText.entry;
import static org.purgatory.sync.testkit.hostile.GitText.joined;
import static org.purgatory.sync.testkit.hostile.GitText.tag;
import static org.purgatory.sync.testkit.hostile.PackBytes.BLOB;
import static org.purgatory.sync.testkit.hostile.PackBytes.COMMIT;
import static org.purgatory.sync.testkit.hostile.PackBytes.TAG;
import static org.purgatory.sync.testkit.hostile.PackBytes.TREE;
import static org.purgatory.sync.testkit.hostile.PackBytes.id;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.hostile.Answers;
import org.purgatory.sync.testkit.hostile.HostileGitServer;
import org.purgatory.sync.testkit.hostile.PackBytes;

/** Nothing leaves an attempt but with all that it reaches, and as what it is said to be. */
class ConnectivityIT {

  private static final byte[] FILE = bytes("file");
  private static final String NOWHERE = "1".repeat(40);

  @TempDir Path volume;

  private Fixture fixture;
  private BareRepository hosted;
  private FamilyRepositories family;
  private final PackBytes pack = new PackBytes();

  @BeforeEach
  void start() {
    fixture = new Fixture(volume, "project");
    hosted = fixture.host(ALICE);
    family = fixture.family(ALICE);
  }

  @AfterEach
  void stop() {
    assertThat(fixture.attempts()).isEmpty();
    fixture.close();
  }

  @Test
  void aFileThatIsMissingDeepInside() throws Exception {
    String inner = add(TREE, entry("100644", "file", NOWHERE));
    String middle = add(TREE, entry("40000", "inner", inner));
    assertRefused(add(COMMIT, commit(add(TREE, entry("40000", "middle", middle)))));
  }

  @Test
  void aDirectoryThatIsMissing() throws Exception {
    assertRefused(add(COMMIT, commit(add(TREE, entry("40000", "inner", NOWHERE)))));
  }

  @Test
  void aTreeThatIsMissing() throws Exception {
    assertRefused(add(COMMIT, commit(NOWHERE)));
  }

  @Test
  void aParentThatIsMissing() throws Exception {
    assertRefused(add(COMMIT, commit(add(TREE), NOWHERE)));
  }

  @Test
  void aFileThatIsMissingInAParent() throws Exception {
    String first = add(COMMIT, commit(add(TREE, entry("100644", "file", NOWHERE))));
    assertRefused(add(COMMIT, commit(add(TREE), first)));
  }

  @Test
  void aTagOfWhatIsMissing() throws Exception {
    assertRefused(add(TAG, tag(NOWHERE, "commit")));
  }

  @Test
  void aTreeThatIsSaidToBeAFile() throws Exception {
    String tree = add(TREE, entry("100644", "file", add(BLOB, FILE)));
    assertRefused(add(COMMIT, commit(add(TREE, entry("100644", "file", tree)))));
  }

  @Test
  void aTreeOfTheRelaysThatIsSaidToBeAFile() throws Exception {
    String tip = hosted.write().commits("main", 1);
    String tree = hosted.git().run("rev-parse", tip + "^{tree}");
    assertRefused(add(COMMIT, commit(add(TREE, entry("100644", "file", tree)))));
  }

  @Test
  void aFileThatIsSaidToBeADirectory() throws Exception {
    assertRefused(add(COMMIT, commit(add(TREE, entry("40000", "inner", add(BLOB, FILE))))));
  }

  @Test
  void oneObjectThatIsSaidToBeTwoThings() throws Exception {
    String tree = add(TREE, entry("100644", "file", add(BLOB, FILE)));
    assertRefused(
        add(COMMIT, commit(add(TREE, entry("40000", "a", tree), entry("100644", "b", tree)))));
  }

  @Test
  void aCommitThatIsSaidToBeATree() throws Exception {
    assertRefused(add(COMMIT, commit(add(COMMIT, commit(add(TREE))))));
  }

  @Test
  void aTreeThatIsSaidToBeAParent() throws Exception {
    String tree = add(TREE);
    assertRefused(add(COMMIT, commit(tree, tree)));
  }

  @Test
  void aTreeThatATagSaysIsAFile() throws Exception {
    assertRefused(add(TAG, tag(add(TREE), "blob")));
  }

  @Test
  void aTreeThatATagSaysIsACommit() throws Exception {
    assertRefused(add(TAG, tag(add(TREE), "commit")));
  }

  /** What follows, C git would not even serve. */
  @Test
  void anEntryOfNoObject() throws Exception {
    assertRefused(add(COMMIT, commit(add(TREE, entry("100644", "file", "0".repeat(40))))));
  }

  @Test
  void modulesInAnotherRepository() throws Exception {
    assertRefused(add(COMMIT, commit(add(TREE, entry("160000", ".gitmodules", NOWHERE)))));
  }

  @Test
  void anEntryOfAModeThatNothingHas() throws Exception {
    assertRefused(add(COMMIT, commit(add(TREE, entry("170000", "file", NOWHERE)))));
  }

  @Test
  void aTreeThatIsCutOff() throws Exception {
    assertRefused(add(COMMIT, commit(add(TREE, bytes("100644 file\0short")))));
  }

  @Test
  void aCommitThatIsCutOffInAnyLine() throws Exception {
    byte[] whole = commit(add(TREE), NOWHERE);
    for (int length : new int[] {0, 4, 5, 20, 45, 46, 60, 93, 94, 100, 130, 148, 149, 160, 200}) {
      assertRefused(add(COMMIT, Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void aTagThatIsCutOffInAnyLine() throws Exception {
    byte[] whole = tag(add(BLOB, FILE), "blob");
    for (int length : new int[] {0, 6, 7, 30, 47, 48, 50, 53, 57, 58}) {
      assertRefused(add(TAG, Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void whatIsCompleteIsTakenFromAServerThatHasOnlyHalf() throws Exception {
    String good = add(COMMIT, commit(add(TREE, entry("100644", "file", add(BLOB, FILE)))));
    String bad = add(COMMIT, commit(add(TREE, entry("100644", "other", NOWHERE))));

    Fetched fetched = (Fetched) fetch(good, bad);

    assertThat(fetched.oids()).containsExactly(new Oid(good));
    assertThat(fixture.missing(family, good, bad)).containsExactly(new Oid(bad));
  }

  @Test
  void modulesOfOtherRepositoriesAreNotLookedFor() throws Exception {
    assertTaken(add(COMMIT, commit(add(TREE, entry("160000", "module", NOWHERE)))));
  }

  @Test
  void aLongChainOfTags() throws Exception {
    String last = add(COMMIT, commit(add(TREE)));
    String type = "commit";
    for (int i = 0; i < 5_000; i++) {
      last = add(TAG, tag(last, type));
      type = "tag";
    }
    assertTaken(last);
  }

  @Test
  void directoriesAsDeepAsCGitTakes() throws Exception {
    assertTaken(add(COMMIT, commit(nested(add(TREE), 2047))));
  }

  @Test
  void directoriesDeeperThanCGitTakes() throws Exception {
    assertRefused(add(COMMIT, commit(nested(add(TREE), 2048))));
  }

  @Test
  void directoriesThatWouldOverflowAStack() throws Exception {
    assertRefused(add(COMMIT, commit(nested(add(TREE), 20_000))));
  }

  /** Whoever walks from the newest commit never goes deeper than two levels at once. */
  @Test
  void directoriesThatGrowFromOldCommitsOn() throws Exception {
    String[] trees = new String[3000];
    trees[0] = add(TREE);
    for (int i = 1; i < trees.length; i++) {
      trees[i] = nested(trees[i - 1], 1);
    }
    String last = add(COMMIT, commit(trees[trees.length - 1]));
    for (int i = trees.length - 2; i >= 0; i--) {
      last = add(COMMIT, commit(trees[i], last));
    }
    assertRefused(last);
  }

  /** JGit marks by recursion what refs reach. */
  @Test
  void deepDirectoriesOfTheRelaysHoldUpNothing() throws Exception {
    PackBytes theirs = new PackBytes();
    String tree = id(TREE, new byte[0]);
    theirs.add(TREE, new byte[0]);
    for (int i = 0; i < 20_000; i++) {
      byte[] around = entry("40000", "d", tree);
      theirs.add(TREE, around);
      tree = id(TREE, around);
    }
    byte[] deep = commit(tree);
    hosted.git().run(theirs.add(COMMIT, deep).toBytes(), "index-pack", "--stdin");
    hosted.updateRef("refs/heads/deep", id(COMMIT, deep));

    assertTaken(add(COMMIT, commit(add(TREE, entry("100644", "file", add(BLOB, FILE))))));
  }

  private String nested(String tree, int levels) {
    String outer = tree;
    for (int i = 0; i < levels; i++) {
      outer = add(TREE, entry("40000", "d", outer));
    }
    return outer;
  }

  private String add(int type, byte[]... content) {
    byte[] object = joined(content);
    pack.add(type, object);
    return id(type, object);
  }

  private void assertRefused(String wanted) throws Exception {
    assertThat(((Failed) fetch(wanted)).failure()).isEqualTo(FetchFailure.BAD_OBJECTS);
    assertThat(fixture.missing(family, wanted)).containsExactly(new Oid(wanted));
  }

  private void assertTaken(String wanted) throws Exception {
    assertThat(fetch(wanted)).isInstanceOf(Fetched.class);
    assertThat(fixture.missing(family, wanted)).isEmpty();
  }

  private FetchResult fetch(String... wanted) throws Exception {
    byte[] bytes = pack.toBytes();
    HostileGitServer.Script script =
        (asked, body, out) -> {
          out.write(Answers.honest(asked, body, bytes));
          return true;
        };
    try (HostileGitServer server = HostileGitServer.saying(script)) {
      return fixture.fetch(server.url(), family, wanted);
    }
  }
}
