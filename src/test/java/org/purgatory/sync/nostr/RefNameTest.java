package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/heads/main",
        "refs/heads/feature/x",
        "refs/heads/-x",
        "refs/heads/ü🚀",
        "refs/heads/@",
        "refs/heads/a@b",
        "refs/tags/v1.0"
      })
  void takesWhatGitTakes(String name) {
    assertThat(new RefName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HEAD",
        "main",
        "heads/main",
        "refs",
        "refs/",
        "refs/heads/",
        "/refs/heads/main",
        "refs//heads/main",
        "refs/heads/main/",
        "refs/heads/../../config",
        "refs/heads/..",
        "refs/heads/.",
        "refs/heads/.hidden",
        "refs/heads/a..b",
        "refs/heads/a.",
        "refs/heads/a.lock",
        "refs/heads/a.lock/b",
        "refs/heads/a b",
        "refs/heads/a~1",
        "refs/heads/a^",
        "refs/heads/a^{}",
        "refs/heads/a:b",
        "refs/heads/a?",
        "refs/heads/*",
        "refs/heads/[a",
        "refs/heads/a\\b",
        "refs/heads/@{-1}",
        "refs/heads/a\u0000",
        "refs/heads/a\n",
        "refs/heads/a\t",
        "refs/heads/a\u007f",
        "refs/heads/\ud800",
        "+refs/heads/evil:refs/heads/main",
        "--upload-pack=id",
        "-refs/heads/a"
      })
  void refusesWhatGitCouldTakeForSomethingElse(String name) {
    assertThatThrownBy(() -> new RefName(name)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void leavesRoomForTheLockFileOfEachPart() {
    new RefName("refs/heads/" + "a".repeat(250) + "/" + "b".repeat(250));
    new RefName("refs/heads/" + "é".repeat(125));
    refuses("refs/heads/" + "a".repeat(251));
    refuses("refs/heads/" + "é".repeat(126));
    refuses("refs/heads/" + "a".repeat(251) + "/b");
  }

  @Test
  void isBoundedAsAWhole() {
    new RefName("refs/heads" + "/a".repeat(507));
    refuses("refs/heads" + "/a".repeat(508));
  }

  @Test
  void knowsBranchesAndTags() {
    assertThat(new RefName("refs/heads/x").isBranch()).isTrue();
    assertThat(new RefName("refs/tags/x").isBranch()).isFalse();
    assertThat(new RefName("refs/tags/x").isTrackedByState()).isTrue();
    assertThat(RefName.ofPullRequest(new EventId("a".repeat(64))).isTrackedByState()).isFalse();
  }

  private static void refuses(String name) {
    assertThatThrownBy(() -> new RefName(name))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("at most 1024 bytes");
  }
}
