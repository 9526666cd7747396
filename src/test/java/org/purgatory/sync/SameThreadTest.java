package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.HandThreads;

class SameThreadTest {

  private final HandThreads pool = new HandThreads();
  private final SameThread executor = new SameThread(pool);
  private final List<String> done = new ArrayList<>();

  @Test
  void whatWorkHandsOverComesOnceItIsDone() {
    executor.execute(
        () -> {
          executor.execute(
              () -> {
                executor.execute(() -> done.add("third"));
                done.add("second");
              });
          done.add("first");
        });

    pool.run(0);

    assertThat(done).containsExactly("first", "second", "third");
    assertThat(pool.busy()).isZero();
  }

  @Test
  void whatElseItHandsOverNeedNotWait() {
    executor.execute(
        () -> {
          executor.execute(() -> done.add("on the same thread"));
          executor.execute(() -> done.add("on another"));
        });

    pool.run(0);

    assertThat(done).containsExactly("on the same thread");
    pool.run(0);
    assertThat(done).containsExactly("on the same thread", "on another");
  }

  @Test
  void whatComesFromElsewhereIsForThePool() {
    executor.execute(() -> done.add("first"));
    pool.run(0);

    executor.execute(() -> done.add("second"));

    assertThat(done).containsExactly("first");
    assertThat(pool.busy()).isEqualTo(1);
  }

  @Test
  void workThatBreaksOffLosesNothing() {
    executor.execute(
        () -> {
          executor.execute(() -> done.add("handed over"));
          throw new IllegalStateException("broken");
        });

    assertThatThrownBy(() -> pool.run(0)).hasMessage("broken");

    pool.run(0);
    assertThat(done).containsExactly("handed over");
  }

  @Test
  void onceThePoolIsShutDownItRefusesWhatIsHandedOver() {
    executor.execute(
        () -> {
          pool.shutdown();
          assertThatThrownBy(() -> executor.execute(() -> done.add("too late")))
              .isInstanceOf(RejectedExecutionException.class);
          done.add("first");
        });

    pool.run(0);

    assertThat(done).containsExactly("first");
  }
}
