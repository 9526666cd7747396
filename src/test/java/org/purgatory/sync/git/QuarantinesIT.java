package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.oids;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

class QuarantinesIT {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path volume;
  @TempDir Path elsewhere;

  @Test
  void whatIsUnusedForLongEnoughIsDeletedAndFetchedAgainWhenNeeded() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String tip = theirs.write().commits("main", 3);
    try (Fixture fixture = new Fixture(volume, "project");
        GitHttpServer server = GitHttpServer.serving(elsewhere)) {
      fixture.host(ALICE);
      String url = server.url("theirs.git");
      fixture.fetch(url, fixture.family(ALICE), tip);
      fixture.quarantines.attempt();

      assertThat(fixture.quarantines.removeUnused(DAY)).isZero();
      assertThat(fixture.missing(fixture.family(ALICE), tip)).isEmpty();

      Clock later = Clock.offset(Clock.systemUTC(), DAY.multipliedBy(2));
      try (Quarantines another = new Quarantines(fixture.settings, later)) {
        assertThat(another.removeUnused(DAY)).isEqualTo(1);
      }
      assertThat(volume.resolve(".purgatory/quarantine")).isEmptyDirectory();

      assertThat(fixture.missing(fixture.family(ALICE), tip)).isEqualTo(oids(tip));
      assertThat(((Fetched) fixture.fetch(url, fixture.family(ALICE), tip)).oids())
          .isEqualTo(oids(tip));
    }
    assertThat(volume.resolve(".purgatory/incoming")).isEmptyDirectory();
  }

  @Test
  void attemptsThatCouldNotBeDeletedGoWithTheQuarantines() throws Exception {
    Clock later = Clock.offset(Clock.systemUTC(), DAY.multipliedBy(2));
    try (Fixture fixture = new Fixture(volume, "project");
        Quarantines quarantines = new Quarantines(fixture.settings, later)) {
      Path attempt = quarantines.attempt();

      assertThat(quarantines.removeUnused(DAY)).isEqualTo(1);
      assertThat(attempt).doesNotExist();
    }
  }

  @Test
  void aFamilyOfWhichNothingPendsKeepsNoQuarantine() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String tip = theirs.write().commits("main", 3);
    try (Fixture fixture = new Fixture(volume, "project");
        GitHttpServer server = GitHttpServer.serving(elsewhere)) {
      fixture.host(ALICE);
      fixture.fetch(server.url("theirs.git"), fixture.family(ALICE), tip);
      assertThat(volume.resolve(".purgatory/quarantine")).isNotEmptyDirectory();

      for (int i = 0; i < 2; i++) {
        assertThat(fixture.repositories.settled(fixture.family(ALICE)))
            .succeedsWithin(Duration.ofSeconds(10));
        assertThat(volume.resolve(".purgatory/quarantine")).isEmptyDirectory();
      }
      assertThat(fixture.missing(fixture.family(ALICE), tip)).isEqualTo(oids(tip));
    }
  }

  @Test
  void nobodyElseIsLetIn() throws Exception {
    Files.createDirectories(volume.resolve(".purgatory"));
    try (Fixture fixture = new Fixture(volume, "project")) {
      fixture.repositories.requireWritable();
    }

    assertThat(Files.getPosixFilePermissions(volume.resolve(".purgatory")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aRelayThatServesWhateverIsBelowItsRootServesNothingOfThem() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String tip = theirs.write().commits("main", 3);
    try (Fixture fixture = new Fixture(volume, "project");
        GitHttpServer server = GitHttpServer.serving(elsewhere);
        GitHttpServer relay = GitHttpServer.serving(volume)) {
      fixture.host(ALICE);
      fixture.fetch(server.url("theirs.git"), fixture.family(ALICE), tip);
      Path quarantine =
          Directories.entries(volume.resolve(".purgatory/quarantine")).stream()
              .findFirst()
              .orElseThrow();

      String url = relay.url(volume.relativize(quarantine).toString());
      assertThat(theirs.git().attempt("ls-remote", url).ok()).isFalse();
      assertThat(theirs.git().attempt("fetch", url, tip).ok()).isFalse();
      HttpRequest head = HttpRequest.newBuilder(URI.create(url + "/HEAD")).build();
      assertThat(HttpClient.newHttpClient().send(head, BodyHandlers.discarding()).statusCode())
          .isBetween(400, 499);
    }
  }

  @Test
  void lookingMakesNone() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String tip = theirs.write().commits("main", 3);
    try (Fixture fixture = new Fixture(volume, "project")) {
      theirs.push(fixture.host(ALICE), "main");

      assertThat(fixture.missing(fixture.family(ALICE), tip)).isEmpty();
      assertThat(fixture.missing(fixture.family(ALICE), "1".repeat(40))).hasSize(1);

      assertThat(volume.resolve(".purgatory/quarantine")).doesNotExist();
    }
  }

  @Test
  void warmingUpLeavesNothingBehind() throws Exception {
    try (Fixture fixture = new Fixture(volume, "project")) {
      fixture.repositories.warmUp();
    }

    assertThat(volume.resolve(".purgatory/incoming")).isEmptyDirectory();
  }
}
