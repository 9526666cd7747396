package org.purgatory.sync.sync;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Port to the group's results: one total order, read by position, kept for a while. Each operation
 * fails with {@link StoreUnavailableException} while the log cannot be reached.
 */
public interface ResultLog {

  /** So many consumers are remembered: those that acknowledged last. */
  int MOST_CONSUMERS = 1000;

  /** What a read found. */
  sealed interface Read {}

  /**
   * The results that follow, in order.
   *
   * @param results at most as many as were asked for; empty at the end
   */
  record Page(List<StoredResult> results) implements Read {
    /** Copies the list. */
    public Page {
      results = List.copyOf(results);
    }
  }

  /**
   * The position is not one that can be read from: results behind it are no longer retained, or it
   * lies ahead of everything that was ever stored.
   *
   * @param oldest the oldest position that can be read from
   */
  record OutOfRange(ResultPosition oldest) implements Read {}

  /**
   * Where the log begins and ends.
   *
   * @param oldest reading from here finds everything that is retained
   * @param newest reading from here finds only what is stored later
   */
  record Bounds(ResultPosition oldest, ResultPosition newest) {}

  /**
   * Reads what follows a position.
   *
   * @param after the position; what it names itself is not read
   * @param most how many results at most
   * @return a page, or why there is none
   */
  CompletionStage<Read> read(ResultPosition after, int most);

  /** Where the log begins and ends now. */
  CompletionStage<Bounds> bounds();

  /**
   * Remembers how far a consumer has come. Never moves backwards.
   *
   * @param consumer the consumer's name
   * @param position behind all that the consumer has dealt with
   * @return empty if it is remembered, or else that the position lies ahead of everything
   */
  CompletionStage<Optional<OutOfRange>> acknowledge(String consumer, ResultPosition position);

  /**
   * How far a consumer has come.
   *
   * @param consumer the consumer's name
   * @return what it acknowledged last; empty if it never did, or too long ago
   */
  CompletionStage<Optional<ResultPosition>> acknowledged(String consumer);

  /**
   * Asks to be told when there is more to read.
   *
   * @param listener called after each append, from any thread; must return at once
   * @return closing it ends the calls
   */
  Subscription onAppend(Runnable listener);

  /** Something that was asked for and can be ended. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
