package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.EventSigner;

/** Whatever happens to the bytes of an event, it is refused or still the same event. */
class EventMutationTest {

  private static final String OID = "1".repeat(40);
  private static final String JSON =
      EventSigner.seeded("alice")
          .state("my 🚀 repo")
          .ref("refs/heads/main", OID)
          .head("refs/heads/main")
          .content("\n\"é\"")
          .sign()
          .json();

  private final EventReader reader = new EventReader(new Bip340Check(), EventLimits.DEFAULT);
  private final NostrEvent event = reader.read(JSON);

  @Test
  void everyFlippedBitIsRefusedOrChangesNothing() {
    byte[] bytes = JSON.getBytes(StandardCharsets.UTF_8);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refusedOrTheSame(new String(flipped, StandardCharsets.UTF_8), "bit " + bit);
    }
  }

  @Test
  void everyCutIsRefused() {
    for (int length = 0; length < JSON.length(); length++) {
      String cut = JSON.substring(0, length);
      assertThatThrownBy(() -> reader.read(cut))
          .as("length %d", length)
          .isInstanceOf(InvalidValueException.class);
    }
  }

  @Test
  void randomSplicesAreRefusedOrChangeNothing() {
    String[] pieces = {
      "\"", "\\", "{", "}", "[", "]", ",", ":", "\\u0000", "\ud800", "null", "1", "-", "é"
    };
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(JSON);
      for (int i = random.nextInt(3); i >= 0; i--) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(4));
        text.replace(from, to, pieces[random.nextInt(pieces.length)]);
      }
      refusedOrTheSame(text.toString(), "seed " + seed);
    }
  }

  private void refusedOrTheSame(String json, String what) {
    NostrEvent read;
    try {
      read = reader.read(json);
    } catch (InvalidValueException e) {
      return;
    } catch (RuntimeException e) {
      throw new AssertionError(what, e);
    }
    assertThat(read).as(what).isEqualTo(event);
  }
}
