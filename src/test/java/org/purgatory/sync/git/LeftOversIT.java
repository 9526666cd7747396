package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.WantedRefs;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/** What a process leaves that is killed in the middle of its work. */
class LeftOversIT {

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;
  private BareRepository alices;
  private FamilyRepositories family;
  private String main;

  @BeforeEach
  void fetch() throws Exception {
    fixture = new Fixture(volume, "project");
    alices = fixture.host(ALICE);
    family = fixture.family(ALICE);
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    main = theirs.write().commits("main", 10);
    try (GitHttpServer server = GitHttpServer.serving(elsewhere)) {
      fixture.fetch(server.url("theirs.git"), family, main);
    }
  }

  @AfterEach
  void close() {
    fixture.close();
    assertThat(alices.fsck().ok()).as(alices.fsck().output()).isTrue();
  }

  @Test
  void isSweptAwayButForLocksThatMayBeTheRelays() throws Exception {
    crash();
    assertThat(leftOvers()).hasSize(3).anyMatch(file -> file.endsWith(".keep"));
    assertThat(attempts()).isNotEmpty();

    fixture.repositories.removeLeftOvers();
    assertThat(leftOvers()).containsExactly("packed-refs.lock", "refs/heads/main.lock");
    assertThat(attempts()).isEmpty();

    aMinuteLater().removeLeftOvers();
    assertThat(leftOvers()).isEmpty();
  }

  @Test
  void isTakenAwayByWhoeverWorksThereNext() throws Exception {
    crash();

    aMinuteLater()
        .apply(family, ALICE, wanted(), () -> completedFuture(true))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);

    assertThat(leftOvers()).isEmpty();
    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main));
  }

  @Test
  void doesNotIncludeWhatWasThereBefore() throws Exception {
    Path stale = alices.path().resolve("packed-refs.lock");
    Files.createFile(stale);
    Files.setLastModifiedTime(
        stale, FileTime.from(Instant.now(Clock.systemUTC()).minus(Duration.ofHours(1))));
    crash();

    aMinuteLater().removeLeftOvers();

    assertThat(leftOvers()).containsExactly("packed-refs.lock");
  }

  @Test
  void isNotWhatAnotherProcessIsStillAt() throws Exception {
    try (StuckProcess other = StuckProcess.start(volume, main)) {
      List<String> before = leftOvers();
      aMinuteLater().removeLeftOvers();
      assertThat(leftOvers()).isEqualTo(before);
      assertThat(attempts()).isNotEmpty();
      other.kill();
    }
  }

  @Test
  void doesNotKeepOthersFromTheRepositoryOnceTheProcessIsGone() throws Exception {
    CompletableFuture<?> next;
    try (StuckProcess other = StuckProcess.start(volume, main)) {
      next =
          CompletableFuture.supplyAsync(
              () ->
                  aMinuteLater()
                      .apply(family, ALICE, wanted(), () -> completedFuture(!other.isAlive()))
                      .toCompletableFuture()
                      .join());
      other.kill();
    }
    next.get(30, TimeUnit.SECONDS);

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main));
  }

  private void crash() throws Exception {
    try (StuckProcess other = StuckProcess.start(volume, main)) {
      other.kill();
    }
  }

  private WantedRefs wanted() {
    return Events.wanted(state(null, "refs/heads/main", main));
  }

  private JGitRepositories aMinuteLater() {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(61));
    return new JGitRepositories(fixture.settings, fixture.quarantines, Runnable::run, later);
  }

  private List<String> leftOvers() throws Exception {
    try (Stream<Path> files = Files.walk(alices.path())) {
      return files
          .map(file -> alices.path().relativize(file).toString())
          .filter(file -> file.matches(".*(\\.lock|\\.keep|tmp-.*)"))
          .sorted()
          .toList();
    }
  }

  private List<Path> attempts() throws Exception {
    try (Stream<Path> files = Files.walk(volume.resolve(".purgatory/incoming"))) {
      return files.filter(file -> file.toString().endsWith(".git")).toList();
    }
  }
}
