package org.purgatory.sync.sync;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Bounds how many runs step at once. Whoever finds no slot free waits its turn.
 *
 * <p>Invariant: nobody waits while a slot is free.
 */
final class RunSlots {

  private final Executor executor;
  private final Runnable onFree;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int free;

  /** The listener hears of every slot that comes free with nobody waiting for it. */
  RunSlots(int slots, Executor executor, Runnable onFree) {
    this.free = slots;
    this.executor = executor;
    this.onFree = onFree;
  }

  /** Runs a task on the executor, as soon as a slot is free. The task has the slot from then on. */
  void take(Runnable task) {
    synchronized (this) {
      if (free == 0) {
        waiting.add(task);
        return;
      }
      free--;
    }
    executor.execute(task);
  }

  /** Gives a slot back. */
  void giveBack() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free++;
      }
    }
    if (next == null) {
      onFree.run();
    } else {
      executor.execute(next);
    }
  }

  /** How many runs could start now. */
  synchronized int free() {
    return free;
  }
}
