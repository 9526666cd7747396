package org.purgatory.sync.grpc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncResult;

/** A log in a test's hands. The n-th result has the token {@code n-0}; the first is 1. */
final class FakeLog implements ResultLog {

  private final List<SyncResult> results = new ArrayList<>();
  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private final Queue<Runnable> held = new ArrayDeque<>();
  private final Map<String, ResultPosition> places = new HashMap<>();
  private int trimmed;
  private boolean holding;
  private RuntimeException failure;
  int pulled;
  int reads;

  static ResultPosition position(int n) {
    return new ResultPosition(n, 0);
  }

  void append(SyncResult result) {
    results.add(result);
    List.copyOf(listeners).forEach(Runnable::run);
  }

  void append(String... identifiers) {
    List.of(identifiers).forEach(identifier -> append(Results.of(identifier)));
  }

  /** As if the log's call of its listeners were lost. */
  void appendUnheard(String... identifiers) {
    List.of(identifiers).forEach(identifier -> results.add(Results.of(identifier)));
  }

  int size() {
    return results.size();
  }

  int trimmed() {
    return trimmed;
  }

  String identifier(int n) {
    return results.get(n - 1).identifier().value();
  }

  /** Drops the results up to and with the n-th. */
  void trim(int n) {
    trimmed = Math.max(trimmed, n);
  }

  /** From now on, answers wait to be let go. What they say is decided when they are asked for. */
  void hold() {
    holding = true;
  }

  boolean letOneGo() {
    Runnable next = held.poll();
    if (next != null) {
      next.run();
    }
    return next != null;
  }

  void letGo() {
    holding = false;
    while (letOneGo()) {}
  }

  void failWith(RuntimeException e) {
    failure = e;
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public CompletionStage<Read> read(ResultPosition after, int most) {
    reads++;
    return answer(
        () -> {
          int from = (int) after.millis();
          if (from < trimmed || from > size()) {
            return new OutOfRange(position(trimmed));
          }
          int to = Math.min(size(), from + most);
          pulled += to - from;
          List<StoredResult> page = new ArrayList<>();
          for (int n = from + 1; n <= to; n++) {
            page.add(new StoredResult(position(n), results.get(n - 1)));
          }
          return new Page(page);
        });
  }

  @Override
  public CompletionStage<Bounds> bounds() {
    return answer(() -> new Bounds(position(trimmed), position(size())));
  }

  @Override
  public CompletionStage<Optional<OutOfRange>> acknowledge(
      String consumer, ResultPosition position) {
    return answer(
        () -> {
          if (position.millis() > size()) {
            return Optional.of(new OutOfRange(position(trimmed)));
          }
          places.put(consumer, position);
          return Optional.empty();
        });
  }

  @Override
  public CompletionStage<Optional<ResultPosition>> acknowledged(String consumer) {
    return answer(() -> Optional.ofNullable(places.get(consumer)));
  }

  private <T> CompletionStage<T> answer(Supplier<T> reading) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable give;
    if (failure != null) {
      RuntimeException e = failure;
      give = () -> answer.completeExceptionally(e);
    } else {
      T value = reading.get();
      give = () -> answer.complete(value);
    }
    if (holding) {
      held.add(give);
    } else {
      give.run();
    }
    return answer;
  }

  @Override
  public Subscription onAppend(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
