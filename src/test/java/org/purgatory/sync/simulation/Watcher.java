package org.purgatory.sync.simulation;

import java.util.List;
import java.util.Optional;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;

/** A relay's watcher: reads at its own pace, acknowledges, drops, and resumes where it was. */
final class Watcher {

  private static final long LONGEST_PAUSE = 15_000_000;

  private final World world;
  private final ResultLog log;
  private final String name;
  private ResultPosition position;

  /** What was acknowledged last, or null. */
  private ResultPosition acknowledged;

  Watcher(World world, ResultLog log, String name) {
    this.world = world;
    this.log = log;
    this.name = name;
    this.position = bounds().oldest();
    again();
  }

  private void again() {
    world.schedule.after(Process.WORLD, 1 + world.schedule.upTo(LONGEST_PAUSE), this::act);
  }

  private void act() {
    switch (world.schedule.random().nextInt(6)) {
      case 0 -> acknowledge();
      case 1 -> resume();
      default -> read(1 + world.schedule.random().nextInt(4));
    }
    again();
  }

  /** What comes next is what was stored next: nothing is left out, nothing changes its place. */
  private void read(int most) {
    ResultLog.Read read = log.read(position, most).toCompletableFuture().join();
    List<ResultPosition> all = world.results.positions();
    int from = (int) all.stream().filter(at -> at.compareTo(position) <= 0).count();
    List<ResultPosition> expected = all.subList(from, Math.min(from + most, all.size()));
    List<ResultPosition> actual =
        read instanceof ResultLog.Page page
            ? page.results().stream().map(StoredResult::position).toList()
            : List.of();
    if (!actual.equals(expected)) {
      world.trace.violated("%s reads %s where %s were stored".formatted(name, actual, expected));
    } else if (!actual.isEmpty()) {
      position = actual.get(actual.size() - 1);
    }
  }

  private void acknowledge() {
    log.acknowledge(name, position);
    if (acknowledged == null || position.compareTo(acknowledged) > 0) {
      acknowledged = position;
    }
  }

  private void resume() {
    Optional<ResultPosition> from = log.acknowledged(name).toCompletableFuture().join();
    if (!from.equals(Optional.ofNullable(acknowledged))) {
      world.trace.violated(name + " acknowledged " + acknowledged + ", not " + from);
    }
    position = from.orElseGet(() -> bounds().oldest());
  }

  private ResultLog.Bounds bounds() {
    return log.bounds().toCompletableFuture().join();
  }
}
