package org.purgatory.sync.git;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.purgatory.sync.nostr.Domain;

/**
 * Runs exchanges with servers, in the turns of {@link FetchTurns}. What waits holds no thread, and
 * a thread that is done with one exchange goes on with the next.
 */
final class FetchWorkers {

  private final ExecutorService threads;

  /** Guarded by this, as is {@link #closed}. */
  private final FetchTurns turns;

  private boolean closed;

  /**
   * Takes over the threads.
   *
   * @param room how many exchanges run at once, at least one
   * @param threads a pool that has a thread at once for whatever it is given, and so no queue
   */
  FetchWorkers(int room, ExecutorService threads) {
    this.turns = new FetchTurns(room);
    this.threads = threads;
  }

  /**
   * Runs an exchange when its turn has come, on a thread of its own.
   *
   * @param server with whom
   * @param exchange must not throw
   * @throws RejectedExecutionException if it is too late
   */
  synchronized void execute(Domain server, Runnable exchange) {
    if (closed) {
      throw new RejectedExecutionException("closed");
    }
    turns.add(server, exchange);
    // No other one: whatever could run before runs already.
    Optional<FetchTurns.Turn> own = turns.next();
    own.ifPresent(this::start);
  }

  /**
   * Runs nothing more, and interrupts what runs.
   *
   * @return what never began
   */
  synchronized List<Runnable> shutdownNow() {
    closed = true;
    threads.shutdownNow();
    return turns.removeWaiting();
  }

  private void start(FetchTurns.Turn turn) {
    try {
      threads.execute(() -> work(turn));
    } catch (RuntimeException | Error e) {
      // There may be no memory for a thread.
      turns.ended(turn.server());
      throw e;
    }
  }

  private void work(FetchTurns.Turn first) {
    Optional<FetchTurns.Turn> turn = Optional.of(first);
    while (turn.isPresent()) {
      turn.get().exchange().run();
      turn = after(turn.get());
    }
  }

  private synchronized Optional<FetchTurns.Turn> after(FetchTurns.Turn turn) {
    turns.ended(turn.server());
    return turns.next();
  }
}
