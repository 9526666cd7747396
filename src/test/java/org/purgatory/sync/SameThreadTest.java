package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SameThreadTest {

  private final Queue<Runnable> pool = new ArrayDeque<>();
  private final SameThread executor = new SameThread(pool::add);
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

    pool.remove().run();

    assertThat(done).containsExactly("first", "second", "third");
    assertThat(pool).isEmpty();
  }

  @Test
  void whatElseItHandsOverNeedNotWait() {
    executor.execute(
        () -> {
          executor.execute(() -> done.add("on the same thread"));
          executor.execute(() -> done.add("on another"));
        });

    Runnable first = pool.remove();
    first.run();

    assertThat(done).containsExactly("on the same thread");
    pool.remove().run();
    assertThat(done).containsExactly("on the same thread", "on another");
  }

  @Test
  void whatComesFromElsewhereIsForThePool() {
    executor.execute(() -> done.add("first"));
    pool.remove().run();

    executor.execute(() -> done.add("second"));

    assertThat(done).containsExactly("first");
    assertThat(pool).hasSize(1);
  }

  @Test
  void workThatBreaksOffLosesNothing() {
    executor.execute(
        () -> {
          executor.execute(() -> done.add("handed over"));
          throw new IllegalStateException("broken");
        });

    assertThatThrownBy(pool.remove()::run).hasMessage("broken");

    pool.remove().run();
    assertThat(done).containsExactly("handed over");
  }
}
