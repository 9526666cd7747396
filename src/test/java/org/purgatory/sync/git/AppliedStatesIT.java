package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Events.pullRequest;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.BOB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.AppliedState;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.HostedRepository.Standing;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitWorkshop;

/** The volume knows the state that was applied last, whatever the store forgets. */
class AppliedStatesIT {

  private static final String OLD = "1".repeat(64);
  private static final String NEW = "2".repeat(64);

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private Fixture fixture;
  private BareRepository alices;
  private FamilyRepositories family;
  private String main;

  @BeforeEach
  void push() {
    fixture = new Fixture(volume, "my 🚀 repo");
    alices = fixture.host(ALICE);
    fixture.host(BOB);
    family = fixture.family(ALICE, BOB);
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    main = theirs.write().commits("main", 3);
    theirs.push(alices, "main:refs/heads/x");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theLastOneIsToldByEveryProcess() throws Throwable {
    assertThat(applied()).isEmpty();
    fixture.apply(family, ALICE, wanted(at(OLD, 100)));
    assertThat(applied()).contains(new AppliedState(new EventId(OLD), ALICE, 100));
    fixture.apply(family, ALICE, wanted(at(NEW, 200)));

    try (Fixture another = new Fixture(volume, "my 🚀 repo")) {
      assertThat(hosted(another).get(ALICE).applied())
          .contains(new AppliedState(new EventId(NEW), ALICE, 200));
      assertThat(hosted(another)).containsEntry(BOB, HostedRepository.usable(false));
    }
  }

  @Test
  void aStateThatChangesNothingCountsToo() throws Throwable {
    fixture.apply(family, ALICE, wanted(at(OLD, 100)));

    assertThat(fixture.apply(family, ALICE, wanted(at(NEW, 200))).isEmpty()).isTrue();

    assertThat(applied()).contains(new AppliedState(new EventId(NEW), ALICE, 200));
  }

  @Test
  void pullRequestsAndStatesWithoutRefsDoNotCount() throws Throwable {
    fixture.apply(family, ALICE, wanted(pullRequest(NEW, main)));
    fixture.apply(family, ALICE, wanted(state(NEW, 200, null)));

    assertThat(applied()).isEmpty();
  }

  @Test
  void itIsKnownBeforeAnyRefIsWritten() {
    Path lock = alices.path().resolve("packed-refs.lock");
    assertThatThrownBy(
            () ->
                fixture.apply(
                    family,
                    ALICE,
                    wanted(state(NEW, 200, null, "refs/heads/main", main, "refs/heads/b", main)),
                    () -> {
                      if (!Files.exists(lock)) {
                        create(lock);
                      }
                      return completedFuture(true);
                    }))
        .isInstanceOf(RepositoryException.class);

    assertThat(alices.refs()).containsOnlyKeys("refs/heads/x");
    assertThat(applied()).contains(new AppliedState(new EventId(NEW), ALICE, 200));
  }

  @Test
  void whoMayNotWriteDoesNotClaimToHaveApplied() {
    assertThatThrownBy(
            () -> fixture.apply(family, ALICE, wanted(at(NEW, 200)), () -> completedFuture(false)))
        .isInstanceOf(RepositoryException.class);

    assertThat(applied()).isEmpty();
  }

  @Test
  void aRepositoryThatWasMadeAnewHasNone() throws Throwable {
    fixture.apply(family, ALICE, wanted(at(OLD, 100)));
    Directories.delete(alices.path());
    fixture.host(ALICE);

    assertThat(applied()).isEmpty();
  }

  @Test
  void refsThatSomebodyElseHasChangedSinceAreTold() throws Throwable {
    assertThat(standing(ALICE)).isEqualTo(Standing.CHANGED);
    assertThat(standing(BOB)).isEqualTo(Standing.EMPTY);
    fixture.apply(family, ALICE, wanted(at(OLD, 100)));
    alices.updateRef("refs/nostr/y", main);
    assertThat(standing(ALICE)).isEqualTo(Standing.AS_APPLIED);

    alices.updateRef("refs/tags/pushed", main);
    assertThat(standing(ALICE)).isEqualTo(Standing.CHANGED);
    fixture.apply(family, ALICE, wanted(at(NEW, 200)));
    assertThat(standing(ALICE)).isEqualTo(Standing.AS_APPLIED);

    alices.deleteRef("refs/heads/main");
    alices.updateRef("refs/heads/other", main);
    assertThat(standing(ALICE)).isEqualTo(Standing.CHANGED);
  }

  @Test
  void refsThatCouldNotBeWrittenAreToldFromThoseThatWerePushed() throws Throwable {
    fixture.apply(family, ALICE, wanted(at(OLD, 100)));
    Path lock = alices.path().resolve("packed-refs.lock");
    create(lock);
    assertThatThrownBy(
            () ->
                fixture.apply(
                    family, ALICE, wanted(state(NEW, 200, null, "refs/heads/other", main))))
        .isInstanceOf(RepositoryException.class);
    assertThat(standing(ALICE)).isEqualTo(Standing.AS_BEFORE);
    Files.delete(lock);

    alices.updateRef("refs/tags/pushed", main);
    assertThat(standing(ALICE)).isEqualTo(Standing.CHANGED);
  }

  @Test
  void aFileThatCannotBeReadHoldsNobodyUp() throws Throwable {
    fixture.apply(family, ALICE, wanted(at(OLD, 100)));
    try (Stream<Path> files = Files.list(volume.resolve(".purgatory/applied"))) {
      Files.writeString(files.findFirst().orElseThrow(), "rubbish");
    }

    assertThat(applied()).isEmpty();
    fixture.apply(family, ALICE, wanted(at(NEW, 200)));
    assertThat(applied()).contains(new AppliedState(new EventId(NEW), ALICE, 200));
  }

  private RepositoryState at(String id, long createdAt) {
    return state(id, createdAt, null, "refs/heads/main", main);
  }

  private Optional<AppliedState> applied() {
    return hosted(fixture).get(ALICE).applied();
  }

  private Standing standing(PublicKey owner) {
    return hosted(fixture).get(owner).standing();
  }

  private Map<PublicKey, HostedRepository> hosted(Fixture looking) {
    return looking
        .repositories
        .hosted(family.identifier(), family.owners())
        .toCompletableFuture()
        .join();
  }

  private static void create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
