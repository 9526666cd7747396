package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.BOB;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.LogTap;
import org.purgatory.sync.testkit.VirtualTime;

/** Repositories that are not as git makes them. */
class BrokenRepositoryIT extends TransferStage {

  @Test
  void aRepositoryInTheOtherFormatIsNamed() {
    alices.git().run("config", "core.repositoryformatversion", "1");
    alices.git().run("config", "extensions.objectformat", "sha256");

    assertThatThrownBy(() -> apply(wanted(state(null, "refs/heads/main", "1".repeat(40)))))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("SHA-256")
        .hasMessageContaining(ALICE.npub());
  }

  @Test
  void hostedRepositoriesAreFoundAndLinksOutOfTheRootAreNot() throws Throwable {
    theirs.write().commits("main", 1);
    theirs.push(bobs, "main");

    assertThat(fixture.repositories.hosted(family.identifier(), family.owners()))
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo(
            Map.of(
                ALICE, HostedRepository.usable(false),
                BOB, HostedRepository.usable(true)));

    Path owner = alices.path().getParent();
    Files.move(owner, elsewhere.resolve("moved"));
    Files.createSymbolicLink(owner, elsewhere.resolve("moved"));
    assertThatThrownBy(() -> fixture.missing(family, "1".repeat(40)))
        .hasRootCauseInstanceOf(RepositoryException.class)
        .hasMessageContaining("by a link");
  }

  @Test
  void aRepositoryThatCannotBeOpenedIsNamedAndDoesNotHideTheOthers() throws Throwable {
    Path config = alices.path().resolve("config");

    Files.writeString(
        config, "[core]\nrepositoryformatversion=1\n[extensions]\nobjectformat=sha256");
    assertThat(warningsWhileOnlyBobsIsUsable())
        .singleElement(STRING)
        .contains(ALICE.npub() + "/" + IDENTIFIER, "convert it to SHA-1");

    Files.writeString(config, "[core");
    assertThat(warningsWhileOnlyBobsIsUsable())
        .singleElement(STRING)
        .contains(ALICE.npub() + "/" + IDENTIFIER, "git fsck");

    Path owner = alices.path().getParent();
    Files.move(owner, elsewhere.resolve("moved"));
    Files.createSymbolicLink(owner, elsewhere.resolve("moved"));
    assertThat(warningsWhileOnlyBobsIsUsable())
        .singleElement(STRING)
        .contains(ALICE.npub() + "/" + IDENTIFIER, "by a link");
  }

  @Test
  void aRepositoryThatStaysBrokenIsToldOnceAnHour() throws Throwable {
    Path config = alices.path().resolve("config");
    String good = Files.readString(config);
    VirtualTime time = new VirtualTime();
    JGitRepositories repositories =
        new JGitRepositories(fixture.settings, fixture.quarantines, Runnable::run, time);
    try (LogTap log = LogTap.on(JGitRepositories.class.getName())) {
      Files.writeString(config, "[core");
      look(repositories, 3);
      assertThat(log.warnings()).hasSize(1);
      time.advance(Duration.ofMinutes(61));
      look(repositories, 3);
      assertThat(log.warnings()).hasSize(2);
      Files.writeString(config, "[core]\nrepositoryformatversion=99\n");
      look(repositories, 3);
      assertThat(log.warnings()).hasSize(3);
      Files.writeString(config, good);
      look(repositories, 3);
      assertThat(log.infos()).hasSize(1);
    }
  }

  private void look(JGitRepositories repositories, int times) {
    for (int i = 0; i < times; i++) {
      repositories.hosted(family.identifier(), family.owners()).toCompletableFuture().join();
    }
  }

  private List<String> warningsWhileOnlyBobsIsUsable() {
    List<String> warnings = new ArrayList<>();
    Logger log = Logger.getLogger(JGitRepositories.class.getName());
    Filter before = log.getFilter();
    log.setFilter(
        message -> {
          assertThat(message.getLevel().getName()).isIn("WARNING", "WARN");
          return !warnings.add(new SimpleFormatter().formatMessage(message));
        });
    try {
      assertThat(fixture.repositories.hosted(family.identifier(), family.owners()))
          .succeedsWithin(Duration.ofSeconds(10))
          .satisfies(
              hosted -> {
                assertThat(hosted.get(ALICE).usable()).isFalse();
                assertThat(hosted.get(BOB)).isEqualTo(HostedRepository.usable(false));
              });
    } finally {
      log.setFilter(before);
    }
    return warnings;
  }

  @Test
  void anUnusualRepositoryIsFilledToo() throws Throwable {
    String base = theirs.write().commits("main", 3);
    BareRepository shared = GitWorkshop.in(elsewhere).bare("shared.git");
    theirs.push(shared, "main");
    Files.writeString(
        alices.path().resolve("objects/info/alternates"), shared.path() + "/objects\n");
    String tip = theirs.write().commits("main", 3);
    theirs.push(bobs, "main");
    try (Repository reftable = BareRepositories.open(alices.path())) {
      ((FileRepository) reftable).convertRefStorage("reftable", false, false);
    }

    apply(wanted(state(null, "refs/heads/main", tip, "refs/heads/b", base)));
    apply(wanted(state(null, "refs/heads/main", tip)));

    try (Repository reftable = BareRepositories.open(alices.path())) {
      assertThat(reftable.getRefDatabase().getRefsByPrefix("refs/"))
          .singleElement()
          .satisfies(ref -> assertThat(ref.getObjectId().name()).isEqualTo(tip));
    }
    assertThat(fixture.missing(fixture.family(ALICE), tip)).isEmpty();
  }

  @Test
  void fileTimesAreTrustedOnlyOnceAFileWasOpenedUnlessTheRelaySaysOtherwise() throws Throwable {
    try (Repository opened = BareRepositories.open(alices.path())) {
      assertThat(opened.getConfig().getString("core", null, "trustStat")).isEqualTo("after_open");
    }
    alices.git().run("config", "core.trustStat", "never");
    try (Repository opened = BareRepositories.open(alices.path())) {
      assertThat(opened.getConfig().getString("core", null, "trustStat")).isEqualTo("never");
    }
  }
}
