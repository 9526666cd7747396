package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever tags a signed event holds, it is read or refused with a reason, and nothing else. */
class GitEventFuzzTest {

  private static final int[] KINDS = {30617, 30618, 1617, 1618, 1619, 1};
  private static final String KEY = "a".repeat(64);
  private static final String[] NAMES = {
    "d",
    "a",
    "c",
    "clone",
    "maintainers",
    "HEAD",
    "refs/heads/a",
    "refs/heads/a/b",
    "refs/tags/",
    "refs/tags/v1^{}"
  };
  private static final String[] VALUES = {
    "",
    "repo",
    "a:b",
    "..",
    KEY,
    "1".repeat(40),
    "2".repeat(40),
    "HEAD",
    "ref: refs/heads/a",
    "ref: ",
    "30617:" + KEY + ":repo",
    "30617:" + KEY + ":other",
    "30617:",
    "30617:::",
    "https://git.example/x",
    "https://git.example//",
    "https://[::1",
    "https://\u00ad/",
    "+refs/heads/evil:refs/heads/main",
    "\n"
  };

  private final GitEventReader reader = new GitEventReader(EventLimits.DEFAULT);

  @Test
  void readsOrRefusesEveryCombinationOfTags() {
    int read = 0;
    for (long seed = 0; seed < 50_000; seed++) {
      read += readsOrRefuses(new Random(seed), seed) ? 1 : 0;
    }
    assertThat(read).as("some of them must be readable").isGreaterThan(1_000);
  }

  private boolean readsOrRefuses(Random random, long seed) {
    NostrEvent event = randomEvent(random);
    try {
      GitEvent read = reader.read(event);
      assertThat(read.event()).as("seed %d", seed).isSameAs(event);
      return true;
    } catch (InvalidValueException expected) {
      assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank().doesNotContain("\n");
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static NostrEvent randomEvent(Random random) {
    List<List<String>> tags = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      List<String> tag = new ArrayList<>(List.of(NAMES[random.nextInt(NAMES.length)]));
      for (int j = random.nextInt(4); j > 0; j--) {
        tag.add(VALUES[random.nextInt(VALUES.length)]);
      }
      tags.add(tag);
    }
    int kind = KINDS[random.nextInt(KINDS.length)];
    return new NostrEvent(new EventId(KEY), new PublicKey(KEY), 0, kind, tags, "", "");
  }
}
