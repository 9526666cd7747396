package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitWorkshop;

/** Repositories that the relay has not made, and how those are shared that there are. */
class RepositoryCreationIT {

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void areNotMadeUnlessTheOperatorSaysSo() {
    fixture = new Fixture(volume, "project");
    FamilyRepositories family = fixture.family(ALICE);

    fixture.missing(family, "1".repeat(40));

    assertThat(create(fixture.repositories)).isFalse();
    assertThat(path()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {0700, 0755, 02775})
  void areAsOpenAsTheirOwnersDirectory(int mode) throws Throwable {
    fixture = new Fixture(volume, "project");
    FileMode.set(volume, mode);

    assertThat(create(creating())).isTrue();

    BareRepository made = BareRepository.at(path());
    assertThat(made.head()).isEqualTo("refs/heads/main");
    assertThat(made.fsck().ok()).isTrue();
    try (Stream<Path> files = Files.walk(path().getParent())) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(FileMode.bits(file))
                      .isEqualTo(Files.isDirectory(file) ? mode : mode & 0666));
    }
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    theirs.write().commits("main", 3);
    theirs.push(made, "main");
    assertThat(made.refs()).hasSize(1);
  }

  @Test
  void stayAsTheyAreOnceTheyAreThere() throws Throwable {
    fixture = new Fixture(volume, "project");
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    theirs.write().commits("main", 3);
    theirs.push(fixture.host(ALICE), "main");

    assertThat(create(creating())).isTrue();
    new RepositoryCreation(new Volume(fixture.settings), fixture.quarantines)
        .create(ALICE, fixture.identifier());

    assertThat(BareRepository.at(path()).refs()).hasSize(1);
  }

  @Test
  void areWrittenToAsTheyAreShared() throws Throwable {
    fixture = new Fixture(volume, "project");
    BareRepository alices = fixture.host(ALICE);
    alices.git().run("config", "core.sharedRepository", "group");
    alices.git().run("config", "core.logAllRefUpdates", "always");
    FileMode.set(alices.path().resolve("objects/pack"), 02770);
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String main = theirs.write().commits("main", 3);
    theirs.push(fixture.host(Fixture.BOB), "main");
    FamilyRepositories family = fixture.family(ALICE, Fixture.BOB);

    fixture.apply(family, ALICE, wanted(state(null, "refs/heads/a/b", main)));
    fixture.apply(
        family,
        ALICE,
        wanted(state(null, "refs/heads/a/b", main, "refs/heads/c/d", main, "refs/tags/x", main)));

    Path refs = alices.path().resolve("refs/heads/a");
    assertThat(FileMode.bits(refs) & 02070).isEqualTo(02070);
    assertThat(FileMode.bits(refs.resolve("b")) & 060).isEqualTo(060);
    assertThat(FileMode.bits(alices.path().resolve("logs/refs/heads/a")) & 02070).isEqualTo(02070);
    assertThat(FileMode.bits(alices.path().resolve("packed-refs")) & 060).isEqualTo(060);
    assertThat(Directories.entries(alices.path().resolve("objects/pack")))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(FileMode.bits(file)).isEqualTo(0440));
  }

  private boolean create(JGitRepositories repositories) {
    return repositories.create(fixture.identifier(), ALICE).toCompletableFuture().join();
  }

  private JGitRepositories creating() {
    GitSettings settings =
        new GitSettings(
            volume,
            RepositoryLayout.NPUB,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            4,
            true);
    return new JGitRepositories(settings, fixture.quarantines, Runnable::run, Clock.systemUTC());
  }

  private Path path() {
    return volume.resolve(fixture.settings.layout().path(ALICE, fixture.identifier()));
  }
}
