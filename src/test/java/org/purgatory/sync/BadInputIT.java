package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.RefusedCall.refusal;
import static org.purgatory.sync.testkit.RefusedCall.violatedFields;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.CancelSyncRequest;
import org.purgatory.sync.v1.EnqueueSyncRequest;
import org.purgatory.sync.v1.GetSyncStatusRequest;
import org.purgatory.sync.v1.ListSyncsRequest;
import org.purgatory.sync.v1.TriggerImmediateSyncRequest;

/** What a careless or hostile relay gets to hear, and that nothing of it is stored. */
class BadInputIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");

  @TempDir static Path directory;
  private static RelayStage stage;

  @BeforeAll
  static void start() {
    stage = RelayStage.in(directory, sidecar -> sidecar);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void everyBadFieldIsNamedAndNothingIsStored() {
    SignedEvent good = ALICE.state("r").ref("refs/heads/main", "1".repeat(40)).sign();
    SignedEvent note = ALICE.event(1).content("hello").sign();
    EnqueueSyncRequest request =
        EnqueueSyncRequest.newBuilder()
            .addPendingEvents(good.json())
            .addPendingEvents("{")
            .addPendingEvents(good.json().replace("1".repeat(40), "2".repeat(40)))
            .addKnownEvents(note.json())
            .setDelay(Duration.newBuilder().setSeconds(-1))
            .build();

    StatusRuntimeException refused = refusal(() -> stage.relay().enqueue(request));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(violatedFields(refused))
        .containsExactlyInAnyOrder(
            "pending_events[1]", "pending_events[2]", "known_events[0]", "delay");
    assertThat(stage.relay().trigger("r").getScheduled()).isFalse();
  }

  @Test
  void objectIdThatIsARefspecAnOptionOrARevisionIsRefused() {
    List<String> notOids =
        List.of("+refs/heads/evil:refs/heads/main", "--upload-pack=touch", "HEAD", "0".repeat(40));
    for (String text : notOids) {
      SignedEvent request = ALICE.pullRequest(text).to(ALICE, "r").sign();
      assertThat(violatedFields(refusal(() -> stage.relay().enqueue(request))))
          .as(text)
          .containsExactly("pending_events[0]");
    }
  }

  @Test
  void forgedSignatureIsRefused() {
    SignedEvent real = ALICE.state("r").sign();
    String forged = real.json().replaceFirst("\"sig\":\"..", "\"sig\":\"00");
    EnqueueSyncRequest request = EnqueueSyncRequest.newBuilder().addPendingEvents(forged).build();
    assertThat(violatedFields(refusal(() -> stage.relay().enqueue(request))))
        .containsExactly("pending_events[0]");
  }

  @Test
  void identifierThatIsAPathIsRefused() {
    TriggerImmediateSyncRequest request =
        TriggerImmediateSyncRequest.newBuilder().setIdentifier("../../etc").build();
    StatusRuntimeException refused =
        refusal(() -> stage.relay().calls().triggerImmediateSync(request));
    assertThat(violatedFields(refused)).containsExactly("identifier");
  }

  @Test
  void badQuestionsAreListedToo() {
    CancelSyncRequest cancel = CancelSyncRequest.newBuilder().addEventIds("nonsense").build();
    assertThat(violatedFields(refusal(() -> stage.relay().calls().cancelSync(cancel))))
        .containsExactly("event_ids[0]");
    GetSyncStatusRequest status = GetSyncStatusRequest.newBuilder().setIdentifier("..").build();
    assertThat(violatedFields(refusal(() -> stage.relay().calls().getSyncStatus(status))))
        .containsExactly("identifier");
    ListSyncsRequest list = ListSyncsRequest.newBuilder().setPageToken("nonsense?").build();
    assertThat(violatedFields(refusal(() -> stage.relay().calls().listSyncs(list))))
        .containsExactly("page_token");
  }

  @Test
  void messagesShowNothingOfTheProgramsInside() {
    List<String> hostile = List.of("", "null", "[]", "{\"id\":[[[[[[[[]]]]]]]]}", "\u0000", "💥");
    for (String text : hostile) {
      EnqueueSyncRequest request = EnqueueSyncRequest.newBuilder().addPendingEvents(text).build();
      assertThat(refusal(() -> stage.relay().enqueue(request)).getStatus().getDescription())
          .doesNotContain("Exception", "java.", "com.", "org.")
          .doesNotContain("\n");
    }
  }
}
