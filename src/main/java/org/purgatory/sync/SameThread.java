package org.purgatory.sync;

import java.util.concurrent.Executor;

/**
 * Hands work to a pool, but goes on with the first piece that a piece of it hands over, on the same
 * thread, once it is done with that one: no other thread needs to wake up. No piece may wait for
 * what it has handed over.
 */
final class SameThread implements Executor {

  private final Executor pool;
  private final ThreadLocal<Turn> turns = new ThreadLocal<>();

  /**
   * Has no thread of its own.
   *
   * @param pool gets what comes from elsewhere, and what is handed over besides
   */
  SameThread(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable work) {
    Turn turn = turns.get();
    if (turn == null || turn.next != null) {
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
        // The work that handed it over broke off.
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
