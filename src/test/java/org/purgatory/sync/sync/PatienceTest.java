package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.VirtualTime;

class PatienceTest {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final VirtualTime time = new VirtualTime();
  private final Patience patience = new Patience(time);
  private final Queue<Supplier<CompletionStage<String>>> answers = new ArrayDeque<>();
  private int asked;

  @Test
  void answerComesBackAtOnce() {
    answers.add(() -> CompletableFuture.completedFuture("yes"));
    assertThat(ask()).isCompletedWithValue("yes");
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void unavailableStoreIsAskedOnceASecondUntilItAnswers() {
    for (int i = 0; i < 100; i++) {
      answers.add(() -> CompletableFuture.failedFuture(new StoreUnavailableException("away")));
    }
    answers.add(() -> CompletableFuture.completedFuture("yes"));
    CompletableFuture<String> answer = ask();
    time.advance(PAUSE.multipliedBy(99));
    assertThat(asked).isEqualTo(100);
    assertThat(answer).isNotDone();
    time.advance(PAUSE);
    assertThat(answer).isCompletedWithValue("yes");
    time.advance(PAUSE.multipliedBy(10));
    assertThat(asked).isEqualTo(101);
  }

  @Test
  void wrappedAndThrownUnavailabilityIsWaitedFor() {
    StoreUnavailableException away = new StoreUnavailableException("away");
    answers.add(() -> CompletableFuture.failedFuture(new CompletionException(away)));
    answers.add(
        () -> {
          throw away;
        });
    answers.add(() -> CompletableFuture.completedFuture("yes"));
    CompletableFuture<String> answer = ask();
    time.advance(PAUSE.multipliedBy(2));
    assertThat(answer).isCompletedWithValue("yes");
  }

  @Test
  void otherFailuresAreAnswers() {
    IllegalStateException bug = new IllegalStateException("a bug");
    answers.add(() -> CompletableFuture.failedFuture(new CompletionException(bug)));
    CompletableFuture<String> answer = ask();
    assertThat(answer).isCompletedExceptionally();
    assertThat(answer.handle((result, failure) -> failure)).isCompletedWithValue(bug);
    answers.add(
        () -> {
          throw bug;
        });
    assertThat(ask().handle((result, failure) -> failure)).isCompletedWithValue(bug);
  }

  private CompletableFuture<String> ask() {
    return patience
        .ask(
            () -> {
              asked++;
              return answers.remove().get();
            })
        .toCompletableFuture();
  }
}
