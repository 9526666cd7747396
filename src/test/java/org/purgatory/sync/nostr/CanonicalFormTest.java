package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {

  private static final String KEY = "ab".repeat(32);

  @Test
  void hasNoWhiteSpaceAndTheFieldsInOrder() {
    NostrEvent event = event(List.of(List.of("d", "repo"), List.of("t")), "hello world");

    assertThat(CanonicalForm.of(event))
        .isEqualTo(
            "[0,\"" + KEY + "\",1700000000,30617,[[\"d\",\"repo\"],[\"t\"]],\"hello world\"]");
  }

  @Test
  void escapesTheSevenCharactersOfNip01() {
    assertThat(CanonicalForm.of(event(List.of(), "\n\"\\\r\t\b\f")))
        .endsWith(",[],\"\\n\\\"\\\\\\r\\t\\b\\f\"]");
  }

  @Test
  void leavesEveryOtherCharacterVerbatim() {
    String text = "\u0000\u0001\u001f\u007f\u2028/<>&'é🚀";

    assertThat(CanonicalForm.of(event(List.of(), text))).endsWith('"' + text + "\"]");
  }

  private static NostrEvent event(List<List<String>> tags, String content) {
    EventId anyId = new EventId("0".repeat(64));
    return new NostrEvent(
        anyId, new PublicKey(KEY), 1_700_000_000L, 30617, tags, content, "0".repeat(128));
  }
}
