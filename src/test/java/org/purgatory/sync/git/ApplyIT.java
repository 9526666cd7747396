package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.purgatory.sync.git.Events.STATE_ID;
import static org.purgatory.sync.git.Events.pullRequest;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.BOB;
import static org.purgatory.sync.git.Fixture.oids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.sync.WantedRefs;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.LogTap;
import org.purgatory.sync.testkit.VirtualTime;

class ApplyIT {

  private static final String IDENTIFIER = "my 🚀 repo: the second";
  private static final String REQUEST = "7".repeat(64);

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;
  private BareRepository alices;
  private BareRepository bobs;
  private BareRepository theirs;
  private GitHttpServer server;
  private FamilyRepositories family;

  @BeforeEach
  void start() {
    fixture = new Fixture(volume, IDENTIFIER);
    alices = fixture.host(ALICE);
    bobs = fixture.host(BOB);
    family = fixture.family(ALICE, BOB);
    theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    server = GitHttpServer.serving(elsewhere);
  }

  @AfterEach
  void stop() {
    server.close();
    fixture.close();
  }

  @Test
  void aStateMakesTheRepositoryWhatItSays() throws Throwable {
    String main = theirs.write().commits("main", 10);
    String side = theirs.write().commits("side", 3);
    String tag = theirs.write().tag("v1", main, "Version 1");
    fetch(main, side, tag);

    RepositoryChange change =
        apply(
            wanted(
                state(
                    "refs/heads/side",
                    "refs/heads/main",
                    main,
                    "refs/heads/side",
                    side,
                    "refs/tags/v1",
                    tag)));

    assertThat(alices.refs())
        .isEqualTo(Map.of("refs/heads/main", main, "refs/heads/side", side, "refs/tags/v1", tag));
    assertThat(alices.head()).isEqualTo("refs/heads/side");
    assertThat(change.path()).isEqualTo(ALICE.npub() + "/" + IDENTIFIER + ".git");
    assertThat(change.head()).contains(new RefName("refs/heads/side"));
    assertThat(change.refs())
        .containsExactly(
            created("refs/heads/main", main),
            created("refs/heads/side", side),
            created("refs/tags/v1", tag));
    assertWhole(alices, main, side, tag);
    assertThat(bobs.refs()).isEmpty();
  }

  private static RefChange created(String name, String oid) {
    return new RefChange(new RefName(name), Optional.empty(), Optional.of(new Oid(oid)));
  }

  @Test
  void aFurtherStateUpdatesForcesAndDeletes() throws Throwable {
    String old = theirs.write().commits("main", 3);
    String gone = theirs.write().commits("gone", 2);
    fetch(old, gone);
    apply(wanted(state("refs/heads/main", "refs/heads/main", old, "refs/heads/gone", gone)));
    theirs.deleteRef("refs/heads/main");
    String rewritten = theirs.write().commit("main", "All new");
    fetch(rewritten);

    RepositoryChange change = apply(wanted(state("refs/heads/main", "refs/heads/main", rewritten)));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", rewritten));
    assertThat(change.head()).isEmpty();
    assertThat(change.refs()).hasSize(2);
    assertWhole(alices, rewritten);
  }

  @Test
  void theSameStateAgainChangesNothing() throws Throwable {
    String main = theirs.write().commits("main", 3);
    fetch(main);
    WantedRefs wanted = wanted(state("refs/heads/main", "refs/heads/main", main));
    apply(wanted);

    assertThat(apply(wanted).isEmpty()).isTrue();
    assertThat(packs(alices)).hasSize(1);
  }

  @Test
  void aSecondPackHoldsOnlyWhatIsNew() throws Throwable {
    String first = theirs.write().commits("main", 100);
    fetch(first);
    apply(wanted(state("refs/heads/main", "refs/heads/main", first)));
    String second = theirs.write().commits("main", 1);
    fetch(second);

    apply(wanted(state("refs/heads/main", "refs/heads/main", second)));

    assertThat(packs(alices)).hasSize(2).anyMatch(pack -> size(pack) < 1000);
    assertWhole(alices, second);
  }

  @Test
  void packsLookLikeThoseOfGit() throws Throwable {
    String main = theirs.write().commits("main", 3);
    fetch(main);
    apply(wanted(state("refs/heads/main", "refs/heads/main", main)));

    try (Stream<Path> files = Files.list(alices.path().resolve("objects/pack"))) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(
              file -> {
                assertThat(file.getFileName().toString()).matches("pack-[0-9a-f]{40}\\.(pack|idx)");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("r--r--r--");
              });
    }
  }

  @Test
  void namesThatAreInEachOthersWayAreSwapped() throws Throwable {
    String main = theirs.write().commits("main", 3);
    fetch(main);
    apply(wanted(state(null, "refs/heads/a", main, "refs/heads/b/c", main)));

    apply(wanted(state(null, "refs/heads/a/d", main, "refs/heads/b", main)));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/a/d", main, "refs/heads/b", main));
  }

  @Test
  void symbolicRefsOfTheStateAreProtectedAndOthersAreNot() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");
    alices.git().run("symbolic-ref", "refs/heads/alias", "refs/heads/main");
    alices.git().run("symbolic-ref", "refs/heads/other", "refs/heads/main");
    alices.git().run("symbolic-ref", "refs/heads/plain", "refs/heads/main");

    apply(
        wanted(
            state(
                null,
                "refs/heads/main",
                main,
                "refs/heads/alias",
                "ref: refs/heads/main",
                "refs/heads/plain",
                main)));

    assertThat(alices.refs())
        .containsOnlyKeys("refs/heads/alias", "refs/heads/main", "refs/heads/plain");
    assertThat(alices.git().run("symbolic-ref", "refs/heads/alias")).isEqualTo("refs/heads/main");
    assertThat(alices.git().attempt("symbolic-ref", "refs/heads/plain").ok()).isFalse();
  }

  @Test
  void symbolicRefsThatGoAreToldWithWhatTheyLedTo() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");
    alices.git().run("symbolic-ref", "refs/heads/gone", "refs/heads/main");
    alices.git().run("symbolic-ref", "refs/heads/nowhere", "refs/heads/none");
    alices.git().run("symbolic-ref", "refs/heads/plain", "refs/heads/main");

    RepositoryChange change =
        apply(wanted(state(null, "refs/heads/main", main, "refs/heads/plain", main)));

    Optional<Oid> oid = Optional.of(new Oid(main));
    assertThat(change.refs())
        .containsExactly(
            new RefChange(new RefName("refs/heads/gone"), oid, Optional.empty()),
            new RefChange(new RefName("refs/heads/plain"), oid, oid));
    assertThat(alices.refs()).containsOnlyKeys("refs/heads/main", "refs/heads/plain");
  }

  @Test
  void aPushThatMakesASymbolicRefAnOrdinaryOneMeanwhileIsSeen() throws Throwable {
    String main = theirs.write().commits("main", 3);
    String side = theirs.write().commits("side", 3);
    theirs.push(alices, "main", "side:refs/notes/side");
    alices.git().run("symbolic-ref", "refs/heads/other", "refs/heads/main");
    AtomicInteger asked = new AtomicInteger();

    RepositoryChange change =
        fixture.apply(
            family,
            ALICE,
            wanted(state(null, "refs/heads/main", main)),
            () -> {
              if (asked.incrementAndGet() == 1) {
                alices.git().run("symbolic-ref", "-d", "refs/heads/other");
                alices.updateRef("refs/heads/other", side);
              }
              return completedFuture(true);
            });

    assertThat(change.refs())
        .containsExactly(
            new RefChange(
                new RefName("refs/heads/other"), Optional.of(new Oid(side)), Optional.empty()));
  }

  @Test
  void aPullRequestGetsItsRefAndAWrongOneIsCorrected() throws Throwable {
    String main = theirs.write().commits("main", 3);
    String tip = theirs.write().commits("feature", 3);
    theirs.push(alices, "main");
    String ref = "refs/nostr/" + REQUEST;
    alices.updateRef(ref, main);
    fetch(tip);

    RepositoryChange change = apply(wanted(pullRequest(REQUEST, tip)));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main, ref, tip));
    assertThat(change.refs())
        .containsExactly(
            new RefChange(new RefName(ref), Optional.of(new Oid(main)), Optional.of(new Oid(tip))));
    assertWhole(alices, tip);
  }

  @Test
  void otherNamespacesSurviveAState() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main:refs/nostr/" + REQUEST, "main:refs/notes/x", "main:refs/heads/old");

    apply(wanted(state(null, "refs/heads/main", main)));

    assertThat(alices.refs())
        .containsOnlyKeys("refs/nostr/" + REQUEST, "refs/notes/x", "refs/heads/main");
  }

  @Test
  void aStateWithoutRefsMovesNothing() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");

    assertThat(apply(wanted(state("refs/heads/none"))).isEmpty()).isTrue();
    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main));
  }

  @Test
  void headIsLeftAloneWhenItsBranchIsNotThere() throws Throwable {
    String main = theirs.write().commits("main", 3);
    fetch(main);

    apply(wanted(state("refs/heads/none", "refs/heads/main", main)));

    assertThat(alices.head()).isEqualTo("refs/heads/main");
  }

  @Test
  void reflogsNameTheEvent() throws Throwable {
    alices.git().run("config", "core.logAllRefUpdates", "always");
    String main = theirs.write().commits("main", 3);
    fetch(main);

    apply(wanted(state(null, "refs/heads/main", main)));

    assertThat(alices.git().run("reflog", "refs/heads/main"))
        .contains("purgatory-sync: " + STATE_ID);
  }

  @Test
  void theQuarantineServesAllOwnersOfTheFamily() throws Throwable {
    String main = theirs.write().commits("main", 10);
    fetch(main);
    WantedRefs wanted = wanted(state(null, "refs/heads/main", main));

    apply(wanted);
    fixture.apply(family, BOB, wanted);

    assertWhole(alices, main);
    assertWhole(bobs, main);
    assertThat(server.traffic().fetchesStarted()).isEqualTo(1);
  }

  @Test
  void objectsOfOneOwnerServeTheOther() throws Throwable {
    String main = theirs.write().commits("main", 10);
    theirs.push(bobs, "main");
    assertThat(fixture.missing(family, main)).isEmpty();

    apply(wanted(state(null, "refs/heads/main", main)));

    assertWhole(alices, main);
  }

  @Test
  void strangersQuarantinesAreNotShared() throws Throwable {
    String main = theirs.write().commits("main", 10);
    fixture.fetch(server.url("theirs.git"), fixture.family(BOB), main);

    assertThat(fixture.missing(fixture.family(BOB), main)).isEmpty();
    assertThat(fixture.missing(fixture.family(ALICE), main)).isEqualTo(oids(main));
  }

  @Test
  void anObjectWithoutItsHistoryIsMissing() {
    String main = theirs.write().commits("main", 10);
    String side = theirs.write().commits("side", 2);
    theirs.copyObjects(alices, main);
    theirs.copyHistory(bobs, side);

    assertThat(alices.has(main)).isTrue();
    assertThat(fixture.missing(family, main, side)).isEqualTo(oids(main));
  }

  @Test
  void anObjectWithoutItsHistoryIsFetchedWhole() throws Throwable {
    String main = theirs.write().commits("main", 10);
    theirs.copyObjects(alices, main);

    fetch(main);
    assertThat(fixture.missing(family, main)).isEmpty();
    apply(wanted(state(null, "refs/heads/main", main)));

    assertWhole(alices, main);
  }

  @Test
  void whatTheRelayThrewAwayIsMissingAgain() throws Throwable {
    String main = theirs.write().commits("main", 10);
    theirs.push(bobs, "main");
    String tip = theirs.write().commits("main", 1);
    fetch(tip);
    bobs.deleteRef("refs/heads/main");
    bobs.prune();
    WantedRefs wanted = wanted(state(null, "refs/heads/main", tip));

    assertThatThrownBy(() -> apply(wanted)).isInstanceOf(RepositoryException.class);
    assertThat(fixture.missing(family, tip)).isEqualTo(oids(tip));

    fetch(tip);
    apply(wanted);
    assertWhole(alices, tip, main);
  }

  @Test
  void lockedRefsAreAMessageForTheOperator() throws Throwable {
    String main = theirs.write().commits("main", 3);
    fetch(main);
    Files.createFile(alices.path().resolve("packed-refs.lock"));
    Files.createDirectories(alices.path().resolve("refs/heads"));
    Files.createFile(alices.path().resolve("refs/heads/main.lock"));

    assertThatThrownBy(() -> apply(wanted(state(null, "refs/heads/main", main))))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining(ALICE.npub())
        .hasMessageContaining("*.lock");
  }

  @Test
  void pushesAndRepacksMeanwhileLoseNothing() throws Throwable {
    String main = theirs.write().commits("main", 30);
    String side = theirs.write().commits("side", 30);
    fetch(main, side);
    ExecutorService relay = Executors.newSingleThreadExecutor();
    try {
      Future<?> pushes =
          relay.submit(
              () -> {
                for (int i = 0; i < 12; i++) {
                  theirs.push(alices, "+main:refs/nostr/" + i);
                  // These two may find a lock held, as among users.
                  theirs.git().attempt("push", alices.path().toString(), "+main:refs/heads/main");
                  alices.git().attempt("-c", "gc.reflogExpire=now", "gc", "--quiet");
                }
              });
      while (!pushes.isDone()) {
        apply(wanted(state(null, "refs/heads/main", main, "refs/heads/a", side)));
        apply(wanted(state(null, "refs/heads/main", side, "refs/heads/b", main)));
      }
      pushes.get();
    } finally {
      relay.shutdownNow();
    }
    apply(wanted(state(null, "refs/heads/main", side)));

    assertThat(alices.refs()).hasSize(13).containsEntry("refs/heads/main", side);
    assertWhole(alices, main, side);
  }

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

  @Test
  void anEventThatCanNeverBeAppliedHoldsUpNoOther() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main", "main:refs/nostr/" + REQUEST + "/x");
    String other = "8".repeat(64);
    WantedRefs wanted =
        new WantedRefs(
            Optional.of(state(null, "refs/heads/b", main)),
            List.of(pullRequest(REQUEST, main), pullRequest(other, main)));

    assertThatThrownBy(() -> apply(wanted))
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> {
              assertThat(e.refused()).containsExactly(new EventId(REQUEST));
              assertThat(e.soFar().orElseThrow().refs()).hasSize(3);
            })
        .hasMessageContaining("cannot exist in one repository");

    assertThat(alices.refs())
        .containsOnlyKeys("refs/heads/b", "refs/nostr/" + other, "refs/nostr/" + REQUEST + "/x");
  }

  @Test
  void aStateThatCanNeverBeAppliedHoldsUpNoPullRequest() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");
    alices.git().run("symbolic-ref", "refs/heads/a", "refs/heads/main");
    WantedRefs wanted =
        new WantedRefs(
            Optional.of(
                state(null, "refs/heads/a", "ref: refs/heads/main", "refs/heads/a/b", main)),
            List.of(pullRequest(REQUEST, main)));

    assertThatThrownBy(() -> apply(wanted))
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> assertThat(e.refused()).containsExactly(new EventId(STATE_ID)));

    assertThat(alices.refs())
        .containsOnlyKeys("refs/heads/a", "refs/heads/main", "refs/nostr/" + REQUEST);
  }

  @Test
  void aLockThatIsHeldForAMomentCostsAnotherTry() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(bobs, "main");
    Path lock = alices.path().resolve("refs/heads/main.lock");
    Files.createDirectories(lock.getParent());
    AtomicInteger asked = new AtomicInteger();

    fixture.apply(
        family,
        ALICE,
        wanted(state(null, "refs/heads/main", main)),
        () -> {
          try {
            if (asked.incrementAndGet() == 1) {
              Files.createFile(lock);
            } else {
              Files.deleteIfExists(lock);
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          return completedFuture(true);
        });

    assertThat(asked).hasValue(2);
    assertWhole(alices, main);
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

  private void fetch(String... oids) throws Exception {
    assertThat(((Fetched) fixture.fetch(server.url("theirs.git"), family, oids)).oids())
        .isEqualTo(oids(oids));
  }

  private RepositoryChange apply(WantedRefs wanted) throws Throwable {
    return fixture.apply(family, ALICE, wanted);
  }

  private static void assertWhole(BareRepository repository, String... oids) {
    assertThat(repository.fsck().exitCode()).isZero();
    assertThat(oids).allMatch(repository::hasHistoryOf);
  }

  private static List<Path> packs(BareRepository repository) throws Exception {
    try (Stream<Path> files = Files.list(repository.path().resolve("objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).toList();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
