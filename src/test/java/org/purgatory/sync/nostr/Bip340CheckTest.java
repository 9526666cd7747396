package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.purgatory.sync.testkit.EventSigner;

class Bip340CheckTest {

  private final Bip340Check check = new Bip340Check();

  /** The vectors are BIP-340's own, unchanged. */
  @ParameterizedTest(name = "vector {0}: {7}")
  @CsvFileSource(resources = "/bip340-test-vectors.csv", numLinesToSkip = 1, emptyValue = "")
  void agreesWithThePublishedVectors(
      int index,
      String secretKey,
      String publicKey,
      String auxiliary,
      String message,
      String signature,
      boolean valid,
      String comment) {
    assertThat(Bip340Check.verify(bytes(publicKey), bytes(message), bytes(signature)))
        .isEqualTo(valid);
  }

  @Test
  void refusesSignaturesOfAnotherLength() {
    byte[] key = bytes("F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9");
    for (int length : new int[] {0, 1, 63, 65, 128}) {
      assertThat(Bip340Check.verify(key, new byte[32], new byte[length])).isFalse();
    }
  }

  @Test
  void acceptsManyEventsAtOnceFromManyThreads() {
    EventReader reader = new EventReader(check, EventLimits.DEFAULT);
    List<String> events =
        IntStream.range(0, 64)
            .mapToObj(i -> EventSigner.seeded("user " + i).state("repo").sign().json())
            .toList();

    assertThat(events.parallelStream().map(reader::read).map(NostrEvent::author).distinct().count())
        .isEqualTo(events.size());
  }

  @Test
  void refusesAnEventUnderAnotherKey() {
    EventReader trusting = new EventReader(SignatureCheck.TRUSTING, EventLimits.DEFAULT);
    NostrEvent event = trusting.read(EventSigner.seeded("alice").state("repo").sign().json());
    NostrEvent claimed =
        new NostrEvent(
            event.id(),
            EventSigner.seeded("mallory").publicKey(),
            event.createdAt(),
            event.kind(),
            event.tags(),
            event.content(),
            event.signature());

    assertThat(check.isValid(event)).isTrue();
    assertThat(check.isValid(claimed)).isFalse();
  }

  private static byte[] bytes(String hex) {
    return hex == null ? new byte[0] : HexFormat.of().parseHex(hex);
  }
}
