package org.purgatory.sync.store.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.Timer;

/**
 * The group's results in a Redis stream. Who reads near its end is served from memory, once {@link
 * #start} has been called; everyone else from Redis. What was stored a moment ago may be missing
 * from a read near the end; the listeners are told when it is there.
 */
final class RedisResultLog implements ResultLog, AutoCloseable {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final int TAIL_RESULTS = 1000;
  private static final long TAIL_BYTES = 16L << 20;

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final RedisCommands commands;
  private final GroupKeys keys;
  private final Script acknowledge;
  private final ResultStreamReader stream;
  private final ResultTail tail = new ResultTail(TAIL_RESULTS, TAIL_BYTES);
  private final TailReader tailReader;

  /**
   * Makes a log that reads from Redis only.
   *
   * @param commands where commands go
   * @param blocking a connection of its own for the one reader that blocks it
   * @param scripts the scripts
   * @param group the group
   * @param timer what wakes the reader after a failure
   */
  RedisResultLog(
      RedisCommands commands, RedisCommands blocking, Scripts scripts, String group, Timer timer) {
    this.commands = commands;
    this.keys = new GroupKeys(group);
    this.acknowledge = scripts.load("acknowledge", "group");
    this.stream = new ResultStreamReader(commands, scripts, keys);
    this.tailReader =
        new TailReader(
            blocking, stream, tail, keys.results(), LONGEST_WAIT, timer, this::tellListeners);
  }

  /** Starts to read along, so that the newest results are in memory and listeners are told. */
  void start() {
    tailReader.readOn();
  }

  /** What is known of the log in memory; empty while it is not read along. */
  Optional<Bounds> remembered() {
    return tail.bounds();
  }

  private void tellListeners() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public CompletionStage<Read> read(ResultPosition after, int most) {
    Optional<Read> remembered = tail.read(after, most).map(Page::new);
    return remembered.isPresent()
        ? completedFuture(remembered.get())
        : stream
            .read(after, most)
            .thenApply(
                page ->
                    page.continues(after)
                        ? new Page(page.results())
                        : new OutOfRange(page.trimmed()));
  }

  @Override
  public CompletionStage<Bounds> bounds() {
    return stream.bounds().thenApply(page -> new Bounds(page.trimmed(), page.newest()));
  }

  @Override
  public CompletionStage<Optional<OutOfRange>> acknowledge(
      String consumer, ResultPosition position) {
    List<String> arguments =
        List.of(
            consumer,
            String.valueOf(position.millis()),
            String.valueOf(position.number()),
            String.valueOf(MOST_CONSUMERS));
    return commands
        .run(acknowledge, keys.all(), arguments)
        .thenApply(
            oldest ->
                Optional.ofNullable(oldest)
                    .map(id -> new OutOfRange(StoredResults.position(id.toString()))));
  }

  @Override
  public CompletionStage<Optional<ResultPosition>> acknowledged(String consumer) {
    return commands
        .send(Request.cmd(Command.HGET).arg(keys.places()).arg(consumer))
        .thenApply(
            id -> Optional.ofNullable(id).map(known -> StoredResults.position(known.toString())));
  }

  @Override
  public Subscription onAppend(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    tailReader.close();
  }
}
