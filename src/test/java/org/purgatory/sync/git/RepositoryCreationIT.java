package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.HostedRepository;
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
  void areNotMadeUnlessTheOperatorSaysSo() throws Throwable {
    fixture = new Fixture(volume, "project");
    String main = push();

    assertThat(hosted(fixture.repositories)).doesNotContainKey(ALICE);
    assertThatThrownBy(() -> fixture.apply(family(), ALICE, wanted(main(main))))
        .hasMessageContaining("is not on this volume");
    assertThat(path()).doesNotExist();
  }

  @Test
  void areNotMadeForAnAnnouncementAlone() {
    fixture = new Fixture(volume, "project");

    assertThat(hosted(creating())).containsKey(ALICE);
    assertThat(path()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {0700, 0755, 02775})
  void areAsOpenAsTheirOwnersDirectory(int mode) throws Throwable {
    fixture = new Fixture(volume, "project");
    FileMode.set(volume, mode);

    create();

    try (Stream<Path> files = Files.walk(path().getParent())) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(FileMode.bits(file))
                      .isEqualTo(Files.isDirectory(file) ? mode : mode & 0666));
    }
  }

  @Test
  void areMadeOnceThereIsSomethingToPutIntoThem() throws Throwable {
    fixture = new Fixture(volume, "project");
    String main = push();

    apply(main);

    BareRepository made = BareRepository.at(path());
    assertThat(made.head()).isEqualTo("refs/heads/main");
    assertThat(made.refs()).containsOnly(Map.entry("refs/heads/main", main));
    assertThat(made.fsck().ok()).isTrue();
  }

  @Test
  void stayAsTheyAreOnceTheyAreThere() throws Throwable {
    fixture = new Fixture(volume, "project");
    String main = push();
    BareRepository alices = fixture.host(ALICE);
    alices.git().run("config", "relay.own", "kept");

    apply(main);
    create();

    assertThat(alices.git().run("config", "relay.own").strip()).isEqualTo("kept");
    assertThat(alices.refs()).hasSize(1);
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

  /** A co-owner's repository has what Alice's state names. */
  private String push() {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String main = theirs.write().commits("main", 3);
    theirs.push(fixture.host(Fixture.BOB), "main");
    return main;
  }

  private void create() throws IOException {
    new RepositoryCreation(new Volume(fixture.settings), fixture.quarantines)
        .create(ALICE, fixture.identifier());
  }

  private void apply(String main) {
    creating()
        .apply(family(), ALICE, wanted(main(main)), () -> completedFuture(true))
        .toCompletableFuture()
        .join();
  }

  private RepositoryState main(String oid) {
    return state(null, "refs/heads/main", oid);
  }

  private FamilyRepositories family() {
    return fixture.family(ALICE, Fixture.BOB);
  }

  private Map<PublicKey, HostedRepository> hosted(JGitRepositories repositories) {
    return repositories.hosted(fixture.identifier(), Set.of(ALICE)).toCompletableFuture().join();
  }

  private JGitRepositories creating() {
    GitSettings settings =
        new GitSettings(
            volume,
            RepositoryLayout.NPUB,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            FetchCaps.defaults(),
            List.of(),
            4,
            true);
    return new JGitRepositories(settings, fixture.quarantines, Runnable::run, Clock.systemUTC());
  }

  private Path path() {
    return volume.resolve(fixture.settings.layout().path(ALICE, fixture.identifier()));
  }
}
