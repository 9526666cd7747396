package org.purgatory.sync;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * An executor on a pool. The first task that a running task submits runs next, on the same thread,
 * so that no other one needs to wake up; further ones go to the pool. So a task must never wait for
 * one that it has submitted.
 */
final class SameThread implements Executor {

  private final ExecutorService pool;
  private final ThreadLocal<Turn> turns = new ThreadLocal<>();

  /**
   * Has no thread of its own.
   *
   * @param pool whose threads these are; once it is shut down, it refuses what is submitted
   */
  SameThread(ExecutorService pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable work) {
    Turn turn = turns.get();
    if (turn == null || turn.next != null || pool.isShutdown()) {
      pool.execute(() -> workOn(work));
    } else {
      turn.next = work;
    }
  }

  private void workOn(Runnable first) {
    Turn turn = new Turn();
    turns.set(turn);
    try {
      for (Runnable work = first; work != null; work = turn.takeNext()) {
        work.run();
      }
    } finally {
      turns.remove();
      if (turn.next != null) {
        // The task that submitted it broke off.
        execute(turn.next);
      }
    }
  }

  /** What a thread goes on with. */
  private static final class Turn {

    private Runnable next;

    private Runnable takeNext() {
      Runnable taken = next;
      next = null;
      return taken;
    }
  }
}
