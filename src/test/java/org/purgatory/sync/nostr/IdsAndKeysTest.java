package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsAndKeysTest {

  private static final String KEY =
      "3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d";

  @Test
  void writesTheNpubOfNip19() {
    assertThat(new PublicKey(KEY).npub())
        .isEqualTo("npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HEAD",
        "main",
        "abc1234",
        "--upload-pack=id",
        "+refs/heads/evil:refs/heads/main",
        "1111111111111111111111111111111111111111:refs/heads/main",
        "1111111111111111111111111111111111111111^{tree}",
        "1111111111111111111111111111111111111111\n",
        " 1111111111111111111111111111111111111111",
        "111111111111111111111111111111111111111",
        "11111111111111111111111111111111111111111",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１１",
        "0000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000"
      })
  void refusesObjectIdsThatGitCouldTakeForSomethingElse(String text) {
    assertThatThrownBy(() -> new Oid(text)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void takesObjectIdsOfBothHashes() {
    assertThat(new Oid("a".repeat(40))).hasToString("a".repeat(40));
    assertThat(new Oid("9".repeat(64))).hasToString("9".repeat(64));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6"})
  void refusesKeysAndEventIdsThatAreNotHex(String text) {
    assertThatThrownBy(() -> new PublicKey(text)).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new EventId(text)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void coordinatesKeepColonsOfTheIdentifier() {
    Coordinate coordinate = Coordinate.parse("30617:" + KEY + ":a:b:c");

    assertThat(coordinate.identifier().value()).isEqualTo("a:b:c");
    assertThat(coordinate).hasToString("30617:" + KEY + ":a:b:c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30617",
        "30617:",
        "30617::x",
        "30618:" + KEY + ":x",
        "30617:" + KEY,
        "30617:" + KEY + ":"
      })
  void refusesCoordinatesOfOtherForms(String text) {
    assertThatThrownBy(() -> Coordinate.parse(text)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void quotesForeignTextShortAndOnOneLine() {
    assertThat(Quoted.quoted("a\n\u202eb\ud800")).isEqualTo("\"a\\u000a\\u202eb\\ud800\"");
    assertThat(Quoted.quoted("🚀".repeat(81))).isEqualTo('"' + "🚀".repeat(80) + "…\"");
  }
}
