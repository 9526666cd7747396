package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.testkit.EventDraft;
import org.purgatory.sync.testkit.EventSigner;

class EventJsonTest {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final EventSigner BOB = EventSigner.seeded("bob");
  private static final String OID = "1".repeat(40);

  static Stream<GitEvent> events() {
    String everything =
        IntStream.range(0, 0x3000)
            .mapToObj(c -> String.valueOf((char) c))
            .reduce("🚀\u2028\uffff", String::concat);
    return Stream.of(
        Reading.announcement(
            ALICE
                .announcement("my 🚀 \"repo\": a")
                .cloneUrls("https://a.example/r", "ssh://u:p@b.example/", "nonsense")
                .maintainers(BOB)
                .content(everything)),
        Reading.state(
            ALICE
                .state("r")
                .ref("refs/heads/main", OID)
                .ref("refs/tags/v1", OID)
                .ref("refs/tags/v1^{}", OID)
                .ref("refs/heads/other", "ref: refs/heads/main")
                .head("refs/heads/main")
                .tag("alt", everything)),
        Reading.state(ALICE.state("r")),
        Reading.pullRequest(BOB.pullRequest(OID).to(ALICE, "r").cloneUrls("https://b.example/r")),
        Reading.pullRequest(BOB.pullRequestUpdate(OID).to(ALICE, "r").createdAt(0)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsBackWhatItWrote(GitEvent event) {
    String json = EventJson.write(event.event());
    assertThat(EventJson.read(json)).isEqualTo(event);
    assertThat(json).doesNotContain("\n").startsWith("{\"id\":\"" + event.id() + "\",\"pubkey\":");
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesWhatTheStrictReaderTakes(GitEvent event) {
    GitEvents strict = new GitEvents(new Bip340Check(), EventLimits.DEFAULT);
    assertThat(strict.read(EventJson.write(event.event()))).isEqualTo(event);
  }

  /** The limits may have been lowered since the event came in. */
  @Test
  void limitsDoNotMatter() {
    EventDraft draft = ALICE.state("r").content("x".repeat(EventLimits.DEFAULT.maxEventBytes()));
    for (int i = 1; i <= EventLimits.DEFAULT.maxOids() + 1; i++) {
      draft.ref("refs/heads/b" + i, "%040x".formatted(i));
    }
    String json = draft.sign().json();
    assertThat(EventJson.read(json).oids()).hasSize(EventLimits.DEFAULT.maxOids() + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "null", "\u0000"})
  void refusesWhatIsDamaged(String text) {
    assertThatThrownBy(() -> EventJson.read(text)).isInstanceOf(InvalidValueException.class);
  }
}
