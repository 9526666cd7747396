package org.purgatory.sync.simulation;

import java.util.ArrayList;
import java.util.List;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

/** Holds the results that are stored against those that the model says there must be. */
final class CheckedResults {

  private final World world;
  private final ResultLog log;
  private final List<ResultPosition> positions = new ArrayList<>();
  private ResultPosition end;

  CheckedResults(World world, ResultLog log) {
    this.world = world;
    this.log = log;
    this.end = log.bounds().toCompletableFuture().join().newest();
  }

  /** The places of all results, in their order. */
  List<ResultPosition> positions() {
    return positions;
  }

  /** The place of the last result. */
  ResultPosition end() {
    return end;
  }

  /** Reads what is new. */
  void check() {
    ResultLog.Read read = log.read(end, 100).toCompletableFuture().join();
    if (!(read instanceof ResultLog.Page page)) {
      world.trace.violated("the end of the log cannot be read from: " + read);
      return;
    }
    for (StoredResult stored : page.results()) {
      if (stored.position().compareTo(end) <= 0) {
        world.trace.violated("a result that is not behind all before: " + stored.position());
      }
      end = stored.position();
      if (positions.size() == world.model.results().size()) {
        world.trace.violated("a result too many: " + ids(stored.result()));
        return;
      }
      check(world.model.results().get(positions.size()), stored.result());
      positions.add(end);
    }
    if (positions.size() < world.model.results().size()) {
      QueueModel.Expected lacking = world.model.results().get(positions.size());
      world.trace.violated("events left without a result: " + Action.names(lacking.events()));
    }
  }

  private void check(QueueModel.Expected expected, SyncResult result) {
    world.trace.note("result", () -> result.outcome() + " " + Action.names(expected.events()));
    List<EventId> ids = expected.events().stream().map(GitEvent::id).toList();
    List<Long> waited =
        result.released().stream().map(one -> Schedule.micros(one.waited())).toList();
    if (!expected.identifier().equals(result.identifier())
        || expected.outcome() != result.outcome()
        || expected.attempts() != result.attempts()
        || expected.at() != Schedule.micros(result.completedAt())
        || !ids.equals(ids(result))
        || !waited.equals(expected.waited())) {
      world.trace.violated("the result should be " + expected + " but is " + result);
    }
    if (result.outcome() == SyncOutcome.SATISFIED) {
      expected.events().forEach(world.truth::satisfied);
    } else if (result.outcome() == SyncOutcome.REJECTED) {
      expected.events().forEach(world.truth::rejected);
    }
  }

  private static List<EventId> ids(SyncResult result) {
    return result.released().stream().map(ReleasedEvent::id).toList();
  }
}
