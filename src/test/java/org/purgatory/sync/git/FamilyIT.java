package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.read;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.testkit.BareRepository;

/** Several owners' repositories of one identifier, with the real engine and real git. */
class FamilyIT {

  private static final String REPO = Scenario.IDENTIFIER;
  private static final String WHOLE = "https://whole.example/r";
  private static final PublicKey ALICE = user(1);
  private static final PublicKey BOB = user(2);
  private static final PublicKey STRANGER = user(3);
  private static final GitEvent ALICES = announcement(101, ALICE, REPO, Set.of(BOB), WHOLE);
  private static final GitEvent BOBS = announcement(102, BOB, REPO, WHOLE);
  private static final GitEvent STRANGERS = announcement(103, STRANGER, REPO, WHOLE);

  @TempDir static Path elsewhere;
  private static History history;

  @TempDir Path volume;
  private RelayWorld world;
  private BareRepository alices;
  private BareRepository bobs;

  @BeforeAll
  static void write() throws Exception {
    history = History.in(elsewhere);
  }

  @AfterAll
  static void closeServers() {
    history.close();
  }

  @BeforeEach
  void start() {
    world = new RelayWorld(volume, history);
    alices = host(ALICE);
    bobs = host(BOB);
  }

  @AfterEach
  void everythingIsSound() {
    world.close();
    world.repositories.values().forEach(r -> assertThat(r.fsck().ok()).isTrue());
  }

  @Test
  void stateOfAMaintainerReleasesTheAnnouncementsOfAllWhoNameItsAuthor() {
    arrive(List.of(ALICES, BOBS, state(1, BOB, REPO, commit(0))), List.of());

    assertThat(world.outcomes).hasSize(3).allSatisfy((id, all) -> satisfiedOnce(all));
    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/b0", history.commits().get(0)));
    assertThat(bobs.refs()).isEqualTo(alices.refs());
  }

  @Test
  void strangersRepositoryOfTheSameIdentifierGetsNeitherRefsNorObjects() {
    BareRepository strangers = host(STRANGER);

    arrive(List.of(state(1, BOB, REPO, commit(0))), List.of(ALICES, BOBS, STRANGERS));

    assertThat(alices.refs()).hasSize(1);
    assertThat(strangers.refs()).isEmpty();
    assertThat(strangers.has(history.commits().get(0))).isFalse();
  }

  @Test
  void failureInOneRepositoryDoesNotStopTheOthersAndTheEventWaitsForAll() throws Exception {
    Path lock = alices.path().resolve("refs/heads/b0.lock");
    Files.createDirectories(lock.getParent());
    Files.createFile(lock);
    GitEvent state = state(1, BOB, REPO, commit(0));

    arrive(List.of(state), List.of(ALICES, BOBS));
    assertThat(world.outcomes).isEmpty();
    assertThat(alices.refs()).isEmpty();
    assertThat(bobs.refs()).hasSize(1);

    Files.delete(lock);
    world.pass(Duration.ofMinutes(1));
    satisfiedOnce(world.outcomes.get(state.id()));
    assertThat(alices.refs()).hasSize(1);
  }

  @Test
  void objectsOfACoOwnerComeAsOnePackAndWithoutAFetch() throws Exception {
    fork().push(bobs, "topic0:refs/heads/b0");
    Oid tip = new Oid(history.topics().get(0));

    arrive(List.of(state(1, BOB, REPO, tip)), List.of(ALICES, BOBS));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/b0", tip.hex()));
    assertThat(Directories.entries(alices.path().resolve("objects/pack"))).hasSize(2);
    assertThat(alices.git().run("count-objects")).startsWith("0 objects");
  }

  @Test
  void oldStateThatComesAgainAfterEverythingWasForgottenIsRejected() {
    GitEvent old = state(1, BOB, REPO, commit(0));
    GitEvent newer = state(2, ALICE, REPO, commit(1));
    arrive(List.of(newer), List.of(ALICES));
    Map<String, String> before = alices.refs();
    world.forget();

    arrive(List.of(old), List.of(ALICES));

    assertThat(world.outcomes.get(old.id())).containsExactly(SyncOutcome.REJECTED);
    assertThat(alices.refs()).isEqualTo(before);
  }

  @Test
  void lowestIdWinsATieWhicheverCameFirst() {
    GitEvent low = state(1, 50, ALICE, REPO, commit(0));
    GitEvent high = state(2, 50, BOB, REPO, commit(1));
    arrive(List.of(high), List.of(ALICES));
    arrive(List.of(low), List.of());

    satisfiedOnce(world.outcomes.get(low.id()));
    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/b0", history.commits().get(0)));

    arrive(List.of(state(3, 50, BOB, REPO, commit(2))), List.of());
    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/b0", history.commits().get(0)));
  }

  @Test
  void peeledTagsOfAStateAreNoRefs() {
    GitEvent state =
        read(
            1,
            1,
            ALICE,
            RepositoryState.KIND,
            List.of(
                List.of("d", REPO),
                List.of("refs/tags/v1", history.tag()),
                List.of("refs/tags/v1^{}", history.commits().get(2))));

    arrive(List.of(state), List.of(ALICES));

    assertThat(alices.refs()).isEqualTo(Map.of("refs/tags/v1", history.tag()));
  }

  @Test
  void repositoryThatIsMadeLaterIsBroughtToTheServedStateWithTheNextEvent() {
    world.repositories.remove(BOB);
    arrive(List.of(state(1, BOB, REPO, commit(0))), List.of(ALICES));
    assertThat(bobs.refs()).isEmpty();

    arrive(List.of(BOBS), List.of());

    satisfiedOnce(world.outcomes.get(BOBS.id()));
    assertThat(bobs.refs()).isEqualTo(alices.refs()).hasSize(1);
  }

  @Test
  void servedStateDoesNotRollBackWhatWasPushedSince() {
    arrive(List.of(state(1, ALICE, REPO, commit(0))), List.of(ALICES));
    fork().push(alices, "+topic0:refs/heads/b0");

    arrive(List.of(request(9, ALICE)), List.of(BOBS, state(2, ALICE, REPO, commit(1))));

    assertThat(alices.refs()).containsEntry("refs/heads/b0", history.topics().get(0));
  }

  @Test
  void pullRequestIsForEveryRepositoryThatItAddressesAndAWrongRefIsCorrected() {
    BareRepository strangers = host(STRANGER);
    GitEvent request = request(9, ALICE, STRANGER);
    fork().push(alices, "topic1:refs/nostr/" + request.id());

    arrive(List.of(request), List.of(ALICES, BOBS, STRANGERS));

    Map<String, String> refs = Map.of("refs/nostr/" + request.id(), history.topics().get(0));
    assertThat(alices.refs()).isEqualTo(refs);
    assertThat(strangers.refs()).isEqualTo(refs);
    assertThat(bobs.refs()).isEmpty();
  }

  private static GitEvent request(int id, PublicKey... owners) {
    if (owners.length == 1) {
      return pullRequest(
          id,
          STRANGER,
          owners[0],
          REPO,
          new Oid(history.topics().get(0)),
          "https://fork.example/r");
    }
    return read(
        id,
        id,
        STRANGER,
        PullRequest.KIND,
        List.of(
            List.of("a", "30617:" + owners[0] + ":" + REPO),
            List.of("a", "30617:" + owners[1] + ":" + REPO),
            List.of("c", history.topics().get(0)),
            List.of("clone", "https://fork.example/r")));
  }

  private BareRepository host(PublicKey owner) {
    world.take(new Step.Creation(owner));
    return world.repositories.get(owner);
  }

  private void arrive(List<GitEvent> pending, List<GitEvent> known) {
    world.take(
        new Step.Arrival(
            pending, known, Duration.ZERO, Step.Moment.BETWEEN_RUNS, Duration.ofSeconds(5)));
  }

  private static BareRepository fork() {
    return BareRepository.at(history.byHost().get("fork.example").getDirectory().toPath());
  }

  private static Oid commit(int number) {
    return new Oid(history.commits().get(number));
  }

  private static void satisfiedOnce(List<SyncOutcome> outcomes) {
    assertThat(outcomes).containsExactly(SyncOutcome.SATISFIED);
  }
}
