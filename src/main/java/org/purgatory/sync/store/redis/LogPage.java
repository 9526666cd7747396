package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;

/**
 * What one read found in the stream (read.lua), all at one time.
 *
 * @param born when the database was first used: another one after it was emptied
 * @param trimmed behind all results that were dropped
 * @param newest the place of the last result
 * @param results the results behind the place that was asked for, without those that cannot be read
 * @param end the place behind all that was found, or the one that was asked for
 * @param bytes about how large the results are
 */
record LogPage(
    String born,
    ResultPosition trimmed,
    ResultPosition newest,
    List<StoredResult> results,
    ResultPosition end,
    long bytes) {

  static LogPage of(Response answer, ResultPosition after, StoredResults stored) {
    List<StoredResult> results = new ArrayList<>();
    ResultPosition end = after;
    long bytes = 0;
    for (int i = 3; i < answer.size(); i++) {
      Response entry = answer.get(i);
      stored.read(entry).ifPresent(results::add);
      end = StoredResults.position(entry.get(0).toString());
      for (Response text : entry.get(1)) {
        bytes += text.toBuffer().length();
      }
    }
    return new LogPage(
        answer.get(0).toString(),
        StoredResults.position(answer.get(1).toString()),
        StoredResults.position(answer.get(2).toString()),
        List.copyOf(results),
        end,
        bytes);
  }

  /** Whether reading from a place finds all that was ever stored behind it. */
  boolean continues(ResultPosition after) {
    return after.compareTo(trimmed) >= 0 && after.compareTo(newest) <= 0;
  }
}
