package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FamilyRepositories;

class CallersThreadTest {

  @TempDir Path volume;

  @Test
  void repositoriesAreNeitherReadNorChangedOnTheCallersThread() {
    List<Runnable> left = new ArrayList<>();
    try (Fixture fixture = new Fixture(volume, "project")) {
      JGitRepositories repositories =
          new JGitRepositories(fixture.settings, fixture.quarantines, left::add, Clock.systemUTC());
      FamilyRepositories family = fixture.family(ALICE);

      assertThat(repositories.hosted(fixture.identifier(), Set.of(ALICE))).isNotDone();
      assertThat(repositories.missing(family, Set.of())).isNotDone();
      assertThat(
              repositories.apply(
                  family,
                  ALICE,
                  wanted(state(null, "refs/heads/main", "1".repeat(40))),
                  () -> completedFuture(true)))
          .isNotDone();
      assertThat(repositories.settled(family)).isNotDone();

      assertThat(left).hasSize(4);
      assertThat(volume).isEmptyDirectory();
    }
  }
}
