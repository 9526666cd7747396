package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.VirtualTime;

class RunNotesTest {

  private final RunNotes notes = new RunNotes(new VirtualTime());
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void problemsAreToldInTheOrderInWhichTheyWereFoundAndOnce() {
    notes.problem("first");
    notes.missing(Set.of());
    notes.problems(() -> List.of("second", "first"));
    notes.problem("third");
    assertThat(told()).containsExactly("first", "second", "third");
  }

  @Test
  void problemsOfALookThatIsNeverToldAreNotWorkedOut() {
    notes.missing(Set.of());
    notes.problems(this::slow);
    notes.looksAfresh();
    assertThat(told()).isEmpty();
    assertThat(asked).hasValue(0);
  }

  @Test
  void problemsAreWorkedOutOnceForAllNotesOfALook() {
    notes.missing(Set.of());
    notes.problems(this::slow);
    assertThat(told()).containsExactly("slow");
    notes.problem("another");
    assertThat(told()).containsExactly("slow", "another");
    assertThat(asked).hasValue(1);
  }

  private List<String> slow() {
    asked.incrementAndGet();
    return List.of("slow");
  }

  private List<String> told() {
    return notes.take(false).seen().orElseThrow().problems();
  }
}
