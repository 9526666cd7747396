package org.purgatory.sync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitWorkshopIT {

  @TempDir Path directory;

  private GitWorkshop workshop;
  private BareRepository repository;

  @BeforeEach
  void makeARepository() {
    workshop = GitWorkshop.in(directory);
    repository = workshop.bare("one.git");
  }

  @Test
  void sameCallsMakeSameObjects() {
    BareRepository twin = workshop.bare("twin.git");

    assertThat(history(repository)).isEqualTo(history(twin));
    assertThat(repository.refs()).isEqualTo(twin.refs()).hasSize(3);
    assertThat(repository.fsck().output()).isEmpty();
  }

  private static String history(BareRepository repository) {
    repository.write().commit("main", "First", Map.of("a/b.txt", "text", "README", "ü\n"));
    repository.write().commits("side", 5);
    String merge = repository.write().merge("main", "side", "Merge side");
    return repository.write().tag("v1", merge, "Version 1");
  }

  @Test
  void commitsFollowEachOther() {
    String first = repository.write().commit("main", "First");
    String second = repository.write().commit("main", "Second");

    assertThat(repository.git().run("rev-parse", second + "^")).isEqualTo(first);
    assertThat(repository.refs()).containsExactly(Map.entry("refs/heads/main", second));
    assertThat(repository.head()).isEqualTo("refs/heads/main");
  }

  @Test
  void copiedHistoryIsCompleteAndCopiedObjectsAreNot() {
    String tip = repository.write().commits("main", 3);
    BareRepository whole = workshop.bare("whole.git");
    BareRepository part = workshop.bare("part.git");

    repository.copyHistory(whole, tip);
    repository.copyObjects(part, tip);

    assertThat(whole.hasHistoryOf(tip)).isTrue();
    assertThat(whole.refs()).isEmpty();
    assertThat(part.has(tip)).isTrue();
    assertThat(part.hasHistoryOf(tip)).isFalse();
  }

  @Test
  void pushMovesRefsAndPruneForgetsDeletedOnes() {
    String tip = repository.write().commit("main", "First");
    BareRepository target = workshop.bare("target.git");

    repository.push(target, "refs/heads/main:refs/heads/other");
    assertThat(target.refs()).containsEntry("refs/heads/other", tip);

    target.deleteRef("refs/heads/other");
    target.prune();
    assertThat(target.has(tip)).isFalse();
  }

  @Test
  void aFailureTellsWhatGitSaid() {
    assertThatThrownBy(() -> repository.git().run("rev-parse", "--verify", "nothing"))
        .isInstanceOf(GitFailedException.class)
        .hasMessageContaining("git rev-parse --verify nothing")
        .hasMessageContaining("fatal: Needed a single revision");
  }
}
