package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.TestRepository.ALICE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.testkit.StoreKind;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.PendingEventState;
import org.purgatory.sync.v1.RefChange;
import org.purgatory.sync.v1.SyncResult;
import org.purgatory.sync.v1.TriggerImmediateSyncResponse;

/**
 * The main job: an event in, its git data fetched, its id out. Each test has its own repository.
 */
@ParameterizedClass
@EnumSource
class HuntIT extends SharedStage {

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String ZEROS = "0".repeat(40);

  @BeforeParameterizedClassInvocation
  static void start(StoreKind store) {
    setUp(store, sidecar -> sidecar);
  }

  @Test
  void stateIsSatisfiedAndItsRefsAreInPlace() {
    String main = own.remote().write().commits("main", 3);
    String tag = own.remote().write().tag("v1", main, "One");
    SignedEvent state =
        own.state()
            .ref("refs/heads/main", main)
            .ref("refs/tags/v1", tag)
            .head("refs/heads/main")
            .sign();

    stage.relay().enqueue(state, own.announced());

    SyncResult result = own.watch().awaitSatisfied(SOON, state);
    assertThat(own.hosted().refs())
        .containsOnly(Map.entry("refs/heads/main", main), Map.entry("refs/tags/v1", tag));
    assertThat(own.hosted().head()).isEqualTo("refs/heads/main");
    assertThat(own.hosted().hasHistoryOf(main)).isTrue();
    assertThat(result.getSourceUrlsList()).containsExactly(stage.url(own.name()));
    assertThat(result.getReleased(0).getKind()).isEqualTo(30618);
    assertThat(result.getAttempts()).isOne();
    assertThat(result.getRepositories(0).getPath())
        .isEqualTo(ALICE.publicKey().npub() + "/" + own.name() + ".git");
    assertThat(result.getRepositories(0).getRefsList())
        .contains(
            RefChange.newBuilder()
                .setName("refs/heads/main")
                .setOldOid(ZEROS)
                .setNewOid(main)
                .build());
  }

  @Test
  void newerStateMovesAndDeletesRefs() {
    String first = own.remote().write().commits("main", 2);
    String side = own.remote().write().commit("side", "On the side");
    SignedEvent old = own.state().ref("refs/heads/main", first).ref("refs/heads/side", side).sign();
    stage.relay().enqueue(old, own.announced());
    own.watch().awaitSatisfied(SOON, old);
    String second = own.remote().write().commit("main", "More");

    SignedEvent newer = own.state().createdAt(2_000_000_000).ref("refs/heads/main", second).sign();
    stage.relay().enqueue(newer);

    own.watch().awaitSatisfied(SOON, newer);
    assertThat(own.hosted().refs()).containsOnly(Map.entry("refs/heads/main", second));
  }

  @Test
  void waitingAnnouncementIsReleasedFirstInTheSameResult() {
    String main = own.remote().write().commits("main", 1);
    SignedEvent announcement = own.announced();
    SignedEvent state = own.state().ref("refs/heads/main", main).sign();

    stage.relay().enqueue(0, List.of(state, announcement), List.of());

    assertThat(own.watch().awaitSatisfied(SOON, state).getEventIdsList())
        .containsExactlyElementsOf(RelayClient.ids(announcement, state));
  }

  @Test
  void pullRequestIsSatisfiedFromItsOwnCloneUrl() {
    BareRepository fork = stage.remote(own.name() + "-fork");
    String tip = fork.write().commits("topic", 2);
    SignedEvent request =
        BOB.pullRequest(tip)
            .to(ALICE, own.name())
            .cloneUrls(stage.url(own.name() + "-fork"))
            .sign();

    stage.relay().enqueue(request, own.announced());

    SyncResult result = own.watch().awaitSatisfied(SOON, request);
    assertThat(own.hosted().refs()).containsOnly(Map.entry("refs/nostr/" + request.id(), tip));
    assertThat(result.getSourceUrlsList()).containsExactly(stage.url(own.name() + "-fork"));
  }

  @Test
  void pushBeforeTheTriggerNeedsNoFetch() {
    String main = own.remote().write().commits("main", 2);
    SignedEvent state = own.state().ref("refs/heads/main", main).sign();
    stage.relay().enqueue(180_000, List.of(state), List.of(own.announced()));
    own.remote().copyHistory(own.hosted(), main);

    TriggerImmediateSyncResponse triggered = stage.relay().trigger(own.name());

    assertThat(triggered.getScheduled()).isTrue();
    assertThat(triggered.getPendingEvents()).isOne();
    assertThat(own.watch().awaitSatisfied(SOON, state).getSourceUrlsList()).isEmpty();
    assertThat(own.fetches()).isZero();
    assertThat(own.hosted().refs()).containsOnly(Map.entry("refs/heads/main", main));
  }

  @Test
  void identifierMayHoldSpacesColonsAndEmoji() {
    String name = "my 🚀 repo: two";
    BareRepository odd = stage.host(ALICE, name);
    String main = stage.remote(name).write().commits("main", 1);
    SignedEvent state = ALICE.state(name).ref("refs/heads/main", main).sign();

    stage.relay().enqueue(state, ALICE.announcement(name).cloneUrls(stage.url(name)).sign());

    own.watch().awaitSatisfied(SOON, state);
    assertThat(odd.refs()).containsOnly(Map.entry("refs/heads/main", main));
  }

  @Test
  void sameEventAgainIsAnsweredByItsState() {
    String main = own.remote().write().commits("main", 1);
    SignedEvent state = own.state().ref("refs/heads/main", main).sign();
    assertThat(stateOf(stage.relay().enqueue(60_000, List.of(state), List.of(own.announced()))))
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_QUEUED);
    assertThat(stateOf(stage.relay().enqueue(state)))
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_ALREADY_PENDING);
    stage.relay().trigger(own.name());
    own.watch().awaitSatisfied(SOON, state);
    assertThat(stateOf(stage.relay().enqueue(state)))
        .isEqualTo(PendingEventState.PENDING_EVENT_STATE_SATISFIED);
  }

  private static PendingEventState stateOf(EnqueueSyncResponse response) {
    return response.getEvents(0).getState();
  }
}
