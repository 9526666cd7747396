package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MeanwhileTest {

  private static final Meanwhile.Work NOTHING = () -> {};

  @Test
  void eachGoesOnWhileTheOtherDoes() throws IOException {
    CountDownLatch bothAtIt = new CountDownLatch(2);
    Meanwhile.Work meets =
        () -> {
          bothAtIt.countDown();
          await(bothAtIt);
        };
    Meanwhile.run(meets, meets);
    assertThat(bothAtIt.getCount()).isZero();
  }

  @Test
  void failureOfEitherIsTold() {
    Meanwhile.Work fails = failing("the disk is full");
    assertThatThrownBy(() -> Meanwhile.run(fails, NOTHING)).hasMessage("the disk is full");
    assertThatThrownBy(() -> Meanwhile.run(NOTHING, fails)).hasMessage("the disk is full");
  }

  @Test
  void failureOfBothIsToldOfBoth() {
    assertThatThrownBy(() -> Meanwhile.run(failing("there"), failing("here")))
        .isInstanceOf(IOException.class)
        .hasMessage("here")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("there"));
  }

  @Test
  void nothingGoesOnOnceOneHasFailed() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Meanwhile.Work goesOn =
        () -> {
          await(failed);
          ended.set(true);
        };
    Meanwhile.Work fails =
        () -> {
          failed.countDown();
          throw new IllegalStateException("no room");
        };
    assertThatThrownBy(() -> Meanwhile.run(goesOn, fails)).hasMessage("no room");
    assertThat(ended).isTrue();
  }

  @Test
  void whoIsInterruptedWaitsForTheOtherAndKnowsIt() throws IOException {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Meanwhile.run(
        () -> {
          await(begun);
          ended.set(true);
        },
        () -> {
          Thread.currentThread().interrupt();
          begun.countDown();
        });
    assertThat(ended).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Meanwhile.Work failing(String message) {
    return () -> {
      throw new IOException(message);
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
