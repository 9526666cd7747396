package org.purgatory.sync.store.memory;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

/**
 * The results of a process's life. Written under the store's lock, read without one.
 *
 * <p>Invariants: positions grow; {@code trimmedThrough} lies before every result that is kept and
 * not before any that was dropped; {@code satisfied} holds the events of the satisfied results that
 * are kept.
 */
final class MemoryResultLog implements ResultLog {

  private final NavigableMap<ResultPosition, SyncResult> results = new ConcurrentSkipListMap<>();
  private final Set<EventId> satisfied = ConcurrentHashMap.newKeySet();
  private final ConsumerPlaces consumers = new ConsumerPlaces();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile int size;
  private volatile ResultPosition newest;
  private volatile ResultPosition trimmedThrough;

  MemoryResultLog(Instant start) {
    newest = new ResultPosition(start.toEpochMilli(), 0);
    trimmedThrough = newest;
  }

  /** Adds a result at the end. The caller tells the listeners afterwards, outside its lock. */
  void append(SyncResult result) {
    ResultPosition position = newest.next(result.completedAt().toEpochMilli());
    // In this order, so that no reader finds itself ahead of the newest position.
    newest = position;
    results.put(position, result);
    size++;
    satisfiedBy(result).forEach(satisfied::add);
  }

  /** An event that expired may have been satisfied later, by a result that is kept longer. */
  private static List<EventId> satisfiedBy(SyncResult result) {
    return result.outcome() == SyncOutcome.SATISFIED
        ? result.released().stream().map(ReleasedEvent::id).toList()
        : List.of();
  }

  /** Drops what is too old or too much. */
  void trim(Instant now, Duration retention, int most) {
    Instant tooOld = now.minus(retention);
    while (size > 0) {
      Map.Entry<ResultPosition, SyncResult> first = results.firstEntry();
      if (size <= most && first.getValue().completedAt().isAfter(tooOld)) {
        return;
      }
      // In this order, so that a reader who misses the result also sees that it is gone.
      trimmedThrough = first.getKey();
      results.pollFirstEntry();
      size--;
      satisfiedBy(first.getValue()).forEach(satisfied::remove);
    }
  }

  /** Whether a result that is kept holds the event as satisfied. */
  boolean hasSatisfied(EventId id) {
    return satisfied.contains(id);
  }

  /** The events of the satisfied results that are kept. For tests. */
  Set<EventId> satisfied() {
    return Set.copyOf(satisfied);
  }

  /** How far consumers have come. For tests. */
  Map<String, ResultPosition> places() {
    return consumers.all();
  }

  int size() {
    return size;
  }

  ResultPosition newest() {
    return newest;
  }

  void tellListeners() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public CompletionStage<Read> read(ResultPosition after, int most) {
    List<StoredResult> page =
        results.tailMap(after, false).entrySet().stream()
            .limit(most)
            .map(entry -> new StoredResult(entry.getKey(), entry.getValue()))
            .toList();
    boolean unknown = after.compareTo(trimmedThrough) < 0 || after.compareTo(newest) > 0;
    return completedFuture(unknown ? new OutOfRange(trimmedThrough) : new Page(page));
  }

  @Override
  public CompletionStage<Bounds> bounds() {
    return completedFuture(new Bounds(trimmedThrough, newest));
  }

  @Override
  public CompletionStage<Optional<OutOfRange>> acknowledge(
      String consumer, ResultPosition position) {
    if (position.compareTo(newest) > 0) {
      return completedFuture(Optional.of(new OutOfRange(trimmedThrough)));
    }
    consumers.acknowledge(consumer, position);
    return completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<Optional<ResultPosition>> acknowledged(String consumer) {
    return completedFuture(consumers.acknowledged(consumer));
  }

  @Override
  public Subscription onAppend(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
