package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;

class KnownLacksTest {

  private static final CloneUrl URL = CloneUrl.parse("https://example.org/x.git");
  private static final CloneUrl OTHER = CloneUrl.parse("https://example.org/y.git");
  private static final ObjectId A = ObjectId.fromString("a".repeat(40));
  private static final ObjectId B = ObjectId.fromString("b".repeat(40));

  private final AtomicLong nanoTime = new AtomicLong();
  private final KnownLacks lacks = new KnownLacks(nanoTime::get);

  @Test
  void whatAServerLackedIsNotWorthAskingWhileItsRefsAreTheSame() {
    lacks.note(URL, refs("1"), A);

    assertThat(lacks.any(URL)).isTrue();
    assertThat(lacks.worthAsking(URL, refs("1"), Set.of(A))).isEmpty();
    assertThat(lacks.worthAsking(URL, refs("1"), Set.of(A, B))).containsExactly(B);
    assertThat(lacks.worthAsking(URL, refs("2"), Set.of(A))).containsExactly(A);
  }

  @Test
  void otherServersAreNotSuspected() {
    lacks.note(URL, refs("1"), A);

    assertThat(lacks.any(OTHER)).isFalse();
    assertThat(lacks.worthAsking(OTHER, refs("1"), Set.of(A))).containsExactly(A);
  }

  @Test
  void newRefsMakeAllThatWasKnownWorthless() {
    lacks.note(URL, refs("1"), A);
    lacks.note(URL, refs("2"), B);

    assertThat(lacks.worthAsking(URL, refs("2"), Set.of(A, B))).containsExactly(A);
  }

  @Test
  void onlyWhatTheRefsShowIsAskedForIfTheyShowAnything() {
    lacks.note(URL, refs("1"), A);

    assertThat(lacks.worthAsking(URL, refs("2", B), Set.of(A, B))).containsExactly(B);
  }

  @Test
  void anObjectThatNoRefShowsIsAskedForAgainAfterTenMinutes() {
    lacks.note(URL, refs("1"), A);
    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(lacks.worthAsking(URL, refs("1"), Set.of(A))).isEmpty();

    nanoTime.addAndGet(1);

    assertThat(lacks.worthAsking(URL, refs("1"), Set.of(A))).containsExactly(A);
    assertThat(lacks.any(URL)).isFalse();
  }

  @Test
  void endlessUrlsAndObjectsPushOutWhatIsOldest() {
    for (int i = 0; i < 300; i++) {
      lacks.note(URL, refs("1"), id(i));
    }
    assertThat(lacks.worthAsking(URL, refs("1"), Set.of(id(99)))).isNotEmpty();
    assertThat(lacks.worthAsking(URL, refs("1"), Set.of(id(100)))).isEmpty();

    for (int i = 0; i < 1_000; i++) {
      lacks.note(CloneUrl.parse("https://example.org/" + i + ".git"), refs("1"), A);
    }
    assertThat(lacks.any(URL)).isFalse();
  }

  private static ObjectId id(int number) {
    return ObjectId.fromString("%040x".formatted(number));
  }

  private static Advertisement refs(String hash, ObjectId... tips) {
    return new Advertisement(hash, Set.of(tips));
  }
}
