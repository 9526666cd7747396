package org.purgatory.sync.grpc;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;

/**
 * A reader's place in the log, with the page behind it. Not thread-safe.
 *
 * <p>Invariants: the place lies right before the page's first result; at most one read is under
 * way, and only while the page is empty.
 */
final class Cursor {

  /** Enough that reading costs little per result, and little enough to hold for each client. */
  static final int PAGE = 64;

  private final ResultLog log;
  private final Queue<StoredResult> page = new ArrayDeque<>();
  private ResultPosition position;
  private boolean reading;

  /** Whether a read that begins now may find something. */
  private boolean moreExpected = true;

  Cursor(ResultLog log, ResultPosition start) {
    this.log = log;
    this.position = start;
  }

  /** The place: behind all results that were taken. */
  ResultPosition position() {
    return position;
  }

  boolean hasNext() {
    return !page.isEmpty();
  }

  /** Takes the next result of the page, and moves behind it. */
  StoredResult next() {
    StoredResult next = page.remove();
    position = next.position();
    return next;
  }

  /** Learns that the log grew. A read that is under way may have missed it. */
  void logGrew() {
    moreExpected = true;
  }

  /** Whether it is time to read the next page. */
  boolean mustRead() {
    return page.isEmpty() && !reading && moreExpected;
  }

  /** Reads the next page, to be handed back to {@link #arrived} or {@link #moveTo}. */
  CompletionStage<ResultLog.Read> read() {
    reading = true;
    moreExpected = false;
    return log.read(position, PAGE);
  }

  /** Takes the page that was read. Only an empty one shows that the log ends here. */
  void arrived(ResultLog.Page found) {
    reading = false;
    page.addAll(found.results());
    moreExpected |= hasNext();
  }

  /** Begins anew at another place, as reading from this one did not work. */
  void moveTo(ResultPosition other) {
    reading = false;
    moreExpected = true;
    position = other;
  }

  /** Forgets the page; it is read again when it is needed. */
  void dropPage() {
    moreExpected |= hasNext();
    page.clear();
  }
}
