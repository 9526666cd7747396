package org.purgatory.sync.store.redis;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;

/**
 * The newest results, in memory, so that however many clients follow the log, each result is read
 * from Redis once. Thread-safe.
 *
 * <p>Invariants: it holds every result behind {@code start} up to and including {@code end} that
 * can be read, so that a place in between can be read from here as well as from the stream; {@code
 * born} names the database that they came from. Before the first page, and after it was dropped, it
 * answers nothing.
 */
final class ResultTail {

  private record Kept(StoredResult result, long bytes) {}

  private final int mostResults;
  private final long mostBytes;
  private final NavigableMap<ResultPosition, Kept> kept = new TreeMap<>();
  private long bytes;
  private Optional<String> born = Optional.empty();
  private ResultPosition start = new ResultPosition(0, 0);
  private ResultPosition end = start;
  private ResultPosition trimmed = start;

  ResultTail(int mostResults, long mostBytes) {
    this.mostResults = mostResults;
    this.mostBytes = mostBytes;
  }

  /** Where to read on; empty if it must begin anew. */
  synchronized Optional<ResultPosition> end() {
    return born.map(known -> end);
  }

  /** Where the log begins and ends, as far as is known here; empty if it must begin anew. */
  synchronized Optional<ResultLog.Bounds> bounds() {
    return born.map(known -> new ResultLog.Bounds(trimmed, end));
  }

  /** What follows a place; empty if only the stream can tell. */
  synchronized Optional<List<StoredResult>> read(ResultPosition after, int most) {
    boolean inside = born.isPresent() && after.compareTo(start) >= 0 && after.compareTo(end) <= 0;
    return inside
        ? Optional.of(
            kept.tailMap(after, false).values().stream().limit(most).map(Kept::result).toList())
        : Optional.empty();
  }

  /**
   * Takes a page in that was read from its end. If that does not continue what is here (the
   * database was emptied, or results were dropped unread) it begins anew at the newest place.
   *
   * @return whether there may be more to read than before
   */
  synchronized boolean take(LogPage page) {
    boolean continues = born.filter(page.born()::equals).isPresent() && page.continues(end);
    if (!continues) {
      beginAnew(page);
      return true;
    }
    boolean grew = page.end().compareTo(end) > 0;
    long share = page.bytes() / Math.max(1, page.results().size());
    for (StoredResult result : page.results()) {
      kept.put(result.position(), new Kept(result, share));
      bytes += share;
    }
    end = page.end();
    trimmed = page.trimmed();
    dropThrough(trimmed);
    while (kept.size() > mostResults || bytes > mostBytes) {
      dropThrough(kept.firstKey());
    }
    return grew;
  }

  /** Forgets everything, as the next page may not continue it. */
  synchronized void drop() {
    born = Optional.empty();
    kept.clear();
    bytes = 0;
  }

  private void beginAnew(LogPage page) {
    drop();
    born = Optional.of(page.born());
    start = page.newest();
    end = page.newest();
    trimmed = page.trimmed();
  }

  private void dropThrough(ResultPosition position) {
    NavigableMap<ResultPosition, Kept> dropped = kept.headMap(position, true);
    for (Map.Entry<ResultPosition, Kept> entry : dropped.entrySet()) {
      bytes -= entry.getValue().bytes();
    }
    dropped.clear();
    start = position.compareTo(start) > 0 ? position : start;
  }
}
