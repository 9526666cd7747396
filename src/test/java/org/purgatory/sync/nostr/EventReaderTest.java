package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.SignedEvent;

class EventReaderTest {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final SignedEvent SIGNED =
      ALICE.announcement("my 🚀 repo").content("\u0000 \"quoted\" \\ \n\r\t\b\f\u001f é").sign();
  private static final String JSON = SIGNED.json();

  private final EventReader reader = new EventReader(new Bip340Check(), EventLimits.DEFAULT);

  @Test
  void readsEveryField() {
    NostrEvent event = reader.read(JSON);

    assertThat(event.id()).isEqualTo(SIGNED.id());
    assertThat(event.author()).isEqualTo(ALICE.publicKey());
    assertThat(event.createdAt()).isEqualTo(1_750_000_000L);
    assertThat(event.kind()).isEqualTo(30617);
    assertThat(event.firstValue("d")).contains("my 🚀 repo");
    assertThat(event.content()).isEqualTo("\u0000 \"quoted\" \\ \n\r\t\b\f\u001f é");
    assertThat(event.signature()).hasSize(128);
  }

  @Test
  void readsAnEventThatAnotherImplementationSigned() {
    String foreign =
        """
        {"content":"uRuvYr585B80L6rSJiHocw==?iv=oh6LVqdsYYol3JfFnXTbPA==","created_at":1640839235,
        "id":"2be17aa3031bdcb006f0fce80c146dea9c1c0268b0af2398bb673365c6444d45","kind":4,
        "pubkey":"f86c44a2de95d9149b51c6a29afeabba264c18e2fa7c49de93424a0c56947785",
        "sig":"a5d9290ef9659083c490b303eb7ee41356d8778ff19f2f91776c8dc4443388a64ffcf336e61af4c25c05ac3\
        ae952d1ced889ed655b67790891222aaa15b99fdd",
        "tags":[["p","13adc511de7e1cfcf1c6b7f6365fb5a03442d7bcacf565ea57fa7770912c023d"]]}
        """;

    assertThat(reader.read(foreign).kind()).isEqualTo(4);
  }

  @Test
  void passesOverPlainFieldsThatNip01DoesNotKnow() {
    assertThat(
            reader.read(
                with("\"seen_on\":\"wss://relay.example\",\"n\":1.5,\"b\":true,\"z\":null")))
        .isEqualTo(reader.read(JSON));
  }

  @Test
  void refusesStructuresThatNip01DoesNotKnow() {
    refuses(with("\"extra\":{\"a\":1}"), "\"extra\" is not NIP-01's");
    refuses(with("\"extra\":[]"), "\"extra\" is not NIP-01's");
  }

  @Test
  void refusesATamperedFieldByTheId() {
    refuses(JSON.replace("1750000000", "1750000001"), "not the SHA-256");
    refuses(JSON.replace("\"kind\":30617", "\"kind\":30618"), "not the SHA-256");
    refuses(JSON.replace("repo", "repa"), "not the SHA-256");
    refuses(JSON.replace("quoted", "quotes"), "not the SHA-256");
    refuses(JSON.replace(SIGNED.id().hex(), "0".repeat(64)), "not the SHA-256");
    refuses(
        JSON.replace(ALICE.publicKey().hex(), EventSigner.seeded("bob").publicKey().hex()),
        "not the SHA-256");
  }

  @Test
  void refusesASignatureOfAnotherEvent() {
    String other = ALICE.announcement("other").sign().json();

    refuses(JSON.replace(signatureOf(JSON), signatureOf(other)), "BIP-340 signature");
  }

  @Test
  void leavesTheSignatureAloneWhenTheRelayHasCheckedIt() {
    EventReader trusting = new EventReader(SignatureCheck.TRUSTING, EventLimits.DEFAULT);

    trusting.read(JSON.replace(signatureOf(JSON), "0".repeat(128)));
    assertThatThrownBy(() -> trusting.read(JSON.replace("1750000000", "1750000001")))
        .isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "pubkey", "created_at", "kind", "tags", "content", "sig"})
  void refusesAMissingADoubledAndANullField(String field) {
    refuses(JSON.replace('"' + field + "\":", "\"x\":"), "");
    refuses(JSON.replace('"' + field + "\":", '"' + field + "\":null,\"x\":"), "");
    refuses(with('"' + field + "\":\"x\""), "\"" + field + "\" twice");
  }

  @Test
  void refusesAFieldDoubledThroughAnEscape() {
    refuses(with("\"\\u0069d\":\"x\""), "\"id\" twice");
    refuses(with("\"x\":1,\"x\":1"), "\"x\" twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1.0",
        "1e3",
        "\"1\"",
        "true",
        "[]",
        "9007199254740993",
        "99999999999999999999"
      })
  void refusesATimeThatIsNoWholeNumber(String value) {
    refuses(
        JSON.replace("\"created_at\":1750000000", "\"created_at\":" + value), "created_at must be");
  }

  @Test
  void takesTimesFromZeroToTheLargestExactInteger() {
    reader.read(ALICE.state("repo").createdAt(0).sign().json());
    reader.read(ALICE.state("repo").createdAt(1L << 53).sign().json());
  }

  @Test
  void refusesKindsBeyondSixteenBits() {
    refuses(ALICE.event(65536).sign().json(), "kind must be a whole number from 0 to 65535");
    reader.read(ALICE.event(65535).sign().json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "\"\"",
        "[1]",
        "[[]]",
        "[[1]]",
        "[[null]]",
        "[[\"a\",1]]",
        "[\"a\"]",
        "[[[\"a\"]]]",
        "[{}]"
      })
  void refusesTagsThatAreNotListsOfStrings(String tags) {
    String json = ALICE.event(1).sign().json();

    refuses(json.replace("\"tags\":[]", "\"tags\":" + tags), "tags must be an array of arrays");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "1", "[]", "\"{}\"", "{", "{}", "{]", "{\"id\":", "not json"})
  void refusesWhatIsNoEvent(String text) {
    refuses(text, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "{}", "[]", ",", "}", "\u0000", "//", "null"})
  void refusesWhatFollowsTheEvent(String tail) {
    refuses(JSON + tail, "");
    refuses(JSON + "\n" + tail, "");
  }

  @Test
  void takesWhiteSpaceAroundTheEvent() {
    assertThat(reader.read(" \n" + JSON + "\r\n\t ")).isEqualTo(reader.read(JSON));
  }

  @Test
  void refusesDeepNestingWithoutFollowingIt() {
    refuses("[".repeat(200_000), "");
    refuses("{\"x\":" + "[".repeat(200_000), "");
    refuses("{\"a\":".repeat(40_000), "");
    refuses("{\"tags\":" + "[".repeat(200_000), "");
  }

  @Test
  void refusesWhatIsTooLongInBytesNotInCharacters() {
    EventReader small = new EventReader(SignatureCheck.TRUSTING, new EventLimits(1000, 10));
    SignedEvent fits = ALICE.state("repo").content("é".repeat(250)).sign();
    SignedEvent tooLong = ALICE.state("repo").content("é".repeat(400)).sign();

    small.read(fits.json());
    assertThat(tooLong.json().length()).isLessThan(1000);
    assertThatThrownBy(() -> small.read(tooLong.json()))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("an event must be at most 1000 bytes of UTF-8");
  }

  @Test
  void refusesLoneSurrogatesHoweverWritten() {
    String json = ALICE.event(1).content("?").sign().json();

    refuses(json.replace("\"?\"", "\"\\ud800\""), "lone surrogates");
    refuses(json.replace("\"?\"", "\"\\udc00\\ud800\""), "lone surrogates");
    refuses(json.replace("\"?\"", "\"\ud800\""), "lone surrogates");
    refuses(json.replace("\"tags\":[]", "\"tags\":[[\"d\",\"\\udfff\"]]"), "lone surrogates");
  }

  @Test
  void readsEscapedPairsAsOneCharacter() {
    String json = ALICE.event(1).content("🚀").sign().json();

    assertThat(reader.read(json.replace("🚀", "\\ud83d\\ude80")).content()).isEqualTo("🚀");
  }

  @Test
  void refusesRawControlCharactersAndLaxJson() {
    String json = ALICE.event(1).content("?").sign().json();

    refuses(json.replace("\"?\"", "\"\n\""), "not valid JSON");
    refuses(json.replace("\"?\"", "'?'"), "not valid JSON");
    refuses(json.replace("\"?\"", "\"?\",/* */\"x\":1"), "not valid JSON");
    refuses(json.replace("\"?\"", "\"\\x\""), "not valid JSON");
    refuses(json.replace("\"kind\":1", "\"kind\":01"), "not valid JSON");
    refuses(json.replace("}", ",}"), "not valid JSON");
    refuses(with("\"x\":\"\\q\""), "not valid JSON");
    refuses(with("\"x\":NaN"), "not valid JSON");
  }

  @Test
  void refusesUpperCaseHex() {
    refuses(JSON.replace(SIGNED.id().hex(), "A".repeat(64)), "event id must be 64 lower-case");
    refuses(JSON.replace(signatureOf(JSON), "A".repeat(128)), "sig must be 128 lower-case");
  }

  private static String with(String fields) {
    return JSON.substring(0, JSON.length() - 1) + ',' + fields + '}';
  }

  private static String signatureOf(String json) {
    return json.substring(json.length() - 130, json.length() - 2);
  }

  private void refuses(String json, String message) {
    assertThatThrownBy(() -> reader.read(json))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(400));
  }
}
