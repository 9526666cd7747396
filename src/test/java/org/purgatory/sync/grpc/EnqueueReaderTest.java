package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.EventLimits;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.GitEvents;
import org.purgatory.sync.nostr.SignatureCheck;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.EnqueueSyncRequest;

class EnqueueReaderTest {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final String OID = "1".repeat(40);
  private static final SignedEvent ANNOUNCEMENT = ALICE.announcement("repo").sign();
  private static final SignedEvent STATE = ALICE.state("repo").ref("refs/heads/main", OID).sign();
  private static final SignedEvent PULL = ALICE.pullRequest(OID).to(ALICE, "repo").sign();

  private final EnqueueReader reader =
      new EnqueueReader(
          new GitEvents(SignatureCheck.TRUSTING, EventLimits.DEFAULT), Samples.SETTINGS);

  @Test
  void allKindsThatWaitForGitDataCanBePending() {
    SignedEvent update = ALICE.pullRequestUpdate(OID).to(ALICE, "repo").sign();
    SignedEvent patch = ALICE.event(1617).to(ALICE, "repo").tag("c", OID).sign();
    EnqueueCall call = reader.read(pending(ANNOUNCEMENT, STATE, PULL, update, patch));
    assertThat(call.enqueue().pending())
        .extracting(GitEvent::id)
        .containsExactly(ANNOUNCEMENT.id(), STATE.id(), PULL.id(), update.id(), patch.id());
  }

  @Test
  void emptyRequestIsFine() {
    EnqueueCall call = reader.read(EnqueueSyncRequest.getDefaultInstance());
    assertThat(call.order()).isEmpty();
    assertThat(call.enqueue().pending()).isEmpty();
    assertThat(call.enqueue().delay()).isEqualTo(Samples.SETTINGS.defaultDelay());
    assertThat(call.enqueue().readmit()).isFalse();
  }

  @Test
  void delayAndReadmitAreTakenOver() {
    EnqueueCall call =
        reader.read(
            EnqueueSyncRequest.newBuilder()
                .setDelay(Duration.newBuilder().setNanos(5_000_000))
                .setReadmit(true)
                .build());
    assertThat(call.enqueue().delay()).isEqualTo(java.time.Duration.ofMillis(5));
    assertThat(call.enqueue().readmit()).isTrue();
  }

  @Test
  void eventThatStandsTwiceIsTakenOnceButAnsweredTwice() {
    EnqueueCall call = reader.read(pending(STATE, PULL, STATE));
    assertThat(call.enqueue().pending()).hasSize(2);
    assertThat(call.order()).containsExactly(STATE.id(), PULL.id(), STATE.id());
  }

  @Test
  void eventMayBePendingAndKnown() {
    EnqueueCall call =
        reader.read(pending(ANNOUNCEMENT).toBuilder().addKnownEvents(ANNOUNCEMENT.json()).build());
    assertThat(call.enqueue().known()).hasSize(1);
  }

  @Test
  void repeatedIdWithOtherSignatureIsBadInput() {
    String other = STATE.json().replaceAll("\"sig\":\"[0-9a-f]{64}", "\"sig\":\"" + "0".repeat(64));
    assertThat(violations(pending(STATE).toBuilder().addKnownEvents(other).build()))
        .containsExactly(
            new Violation(
                "known_events[0]", "repeats the id of pending_events[0] with other content"));
  }

  @Test
  void pullRequestCannotBeKnown() {
    assertThat(violations(EnqueueSyncRequest.newBuilder().addKnownEvents(PULL.json()).build()))
        .singleElement()
        .satisfies(v -> assertThat(v.field()).isEqualTo("known_events[0]"))
        .satisfies(v -> assertThat(v.description()).contains("30617", "30618", "1618"));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    EnqueueSyncRequest request =
        pending(STATE).toBuilder()
            .addPendingEvents("{")
            .addPendingEvents(ALICE.event(1).sign().json())
            .addKnownEvents(STATE.json().replace("refs/heads/main", "refs/heads/evil"))
            .setDelay(Duration.newBuilder().setSeconds(-1))
            .build();
    assertThat(violations(request))
        .extracting(Violation::field)
        .containsExactly("pending_events[1]", "pending_events[2]", "known_events[0]", "delay");
  }

  @Test
  void violationsAreCountedButOnlySomeAreKept() {
    EnqueueSyncRequest.Builder request = EnqueueSyncRequest.newBuilder();
    IntStream.range(0, 5000).forEach(i -> request.addPendingEvents("nonsense"));
    Refusal.BadInput bad = refusal(request.build());
    assertThat(bad.count()).isEqualTo(5000);
    assertThat(bad.violations()).hasSizeBetween(10, 100);
  }

  private List<Violation> violations(EnqueueSyncRequest request) {
    return refusal(request).violations();
  }

  private Refusal.BadInput refusal(EnqueueSyncRequest request) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> reader.read(request));
    return (Refusal.BadInput) refused.refusal();
  }

  private static EnqueueSyncRequest pending(SignedEvent... events) {
    EnqueueSyncRequest.Builder request = EnqueueSyncRequest.newBuilder();
    List.of(events).forEach(event -> request.addPendingEvents(event.json()));
    return request.build();
  }
}
