package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.TurnsModel.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.testkit.HandThreads;

class FetchWorkersTest {

  private static final Domain A = server(1);
  private static final Domain B = server(2);

  private final HandThreads threads = new HandThreads();
  private final List<Integer> done = new ArrayList<>();

  @Test
  void whatWaitsHoldsNoThreadAndGoesOnWithTheOneThatComesFree() {
    FetchWorkers workers = new FetchWorkers(2, threads);
    execute(workers, A, 1);
    execute(workers, A, 2);
    execute(workers, A, 3);
    execute(workers, B, 4);
    assertThat(threads.busy()).isEqualTo(2);

    threads.run(0);

    assertThat(done).containsExactly(1, 4, 3);
    threads.run(0);
    assertThat(done).containsExactly(1, 4, 3, 2);
  }

  @Test
  void nothingIsLostWhenItIsClosedAtAnyMoment() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      HandThreads some = new HandThreads();
      FetchWorkers workers = new FetchWorkers(1 + random.nextInt(8), some);
      done.clear();
      int exchanges = random.nextInt(60);
      for (int i = 0; i < exchanges; i++) {
        execute(workers, server(random.nextInt(6)), i);
        if (random.nextInt(4) == 0 && some.busy() > 0) {
          some.run(random.nextInt(some.busy()));
        }
      }

      workers.shutdownNow().forEach(Runnable::run);
      while (some.busy() > 0) {
        some.run(0);
      }

      assertThat(done)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, exchanges).boxed().toList());
    }
  }

  @Test
  void closedWhileOneRunsTheRestIsHandedBackAndNothingBegins() {
    FetchWorkers workers = new FetchWorkers(1, threads);
    List<Runnable> never = new ArrayList<>();
    workers.execute(A, () -> never.addAll(workers.shutdownNow()));
    execute(workers, A, 1);
    execute(workers, B, 2);

    threads.run(0);

    assertThat(done).isEmpty();
    assertThat(never).hasSize(2);
    assertThatThrownBy(() -> execute(workers, A, 3)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aThreadThatCannotBeMadeCostsNoRoom() {
    FetchWorkers workers = new FetchWorkers(1, threads);
    threads.failOnce();
    assertThatThrownBy(() -> execute(workers, A, 1)).isInstanceOf(OutOfMemoryError.class);

    execute(workers, A, 2);
    threads.run(0);

    assertThat(done).containsExactly(2);
  }

  private void execute(FetchWorkers workers, Domain server, int number) {
    workers.execute(server, () -> done.add(number));
  }
}
