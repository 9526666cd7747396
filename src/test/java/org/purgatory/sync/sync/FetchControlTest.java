package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.VirtualTime;

class FetchControlTest {

  private final VirtualTime time = new VirtualTime();
  private final FetchControl control = new FetchControl(time);
  private final List<String> heard = new ArrayList<>();

  @Test
  void nothingIsKnownOfAFetchThatHasNotArrived() {
    time.advance(Duration.ofSeconds(3));
    assertThat(control.arrivedAgo()).isEmpty();
    assertThat(control.isAborted()).isFalse();
  }

  @Test
  void arrivalCountsFromItsFirstReport() {
    time.advance(Duration.ofSeconds(3));
    control.arrived();
    time.advance(Duration.ofSeconds(2));
    control.arrived();
    time.advance(Duration.ofSeconds(1));
    assertThat(control.arrivedAgo()).contains(Duration.ofSeconds(3));
  }

  @Test
  void everybodyHearsOfTheAbortOnce() {
    control.onAbort(() -> heard.add("first"));
    control.onAbort(() -> heard.add("second"));
    assertThat(heard).isEmpty();
    control.abort();
    control.abort();
    assertThat(heard).containsExactly("first", "second");
    assertThat(control.isAborted()).isTrue();
  }

  @Test
  void whoComesTooLateHearsOfTheAbortAtOnce() {
    control.abort();
    control.onAbort(() -> heard.add("late"));
    assertThat(heard).containsExactly("late");
  }

  @Test
  void listenerMayLookAtTheControl() {
    control.onAbort(() -> heard.add("aborted: " + control.isAborted()));
    control.abort();
    assertThat(heard).containsExactly("aborted: true");
  }
}
