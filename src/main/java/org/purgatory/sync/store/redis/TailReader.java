package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.Failures;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.Timer;

/**
 * Keeps the tail up with the stream: the one blocking reader of a replica. The blocking command
 * only says that there is something; what it is a script reads, together with what shows that
 * nothing was lost in between. It is asked for after each time that nothing came, too, so that a
 * database that was emptied is noticed.
 */
final class TailReader implements AutoCloseable {

  private static final Logger LOG = System.getLogger(TailReader.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAGE = 256;

  /** At the start, the first one finds a connection that is still being made. */
  private static final int WORTH_TELLING = 2;

  private final RedisCommands blocking;
  private final ResultStreamReader stream;
  private final ResultTail tail;
  private final String key;
  private final Duration longestWait;
  private final Timer timer;
  private final Runnable onMore;
  private volatile boolean closed;
  private volatile int failures;

  /**
   * Makes a reader, which does nothing before it is started.
   *
   * @param blocking a connection of its own, which may be blocked
   * @param stream the stream
   * @param tail what to keep up
   * @param key the stream's key
   * @param longestWait how long to block for
   * @param timer what wakes it after a failure
   * @param onMore called when there is more to read; must return at once
   */
  TailReader(
      RedisCommands blocking,
      ResultStreamReader stream,
      ResultTail tail,
      String key,
      Duration longestWait,
      Timer timer,
      Runnable onMore) {
    this.blocking = blocking;
    this.stream = stream;
    this.tail = tail;
    this.key = key;
    this.longestWait = longestWait;
    this.timer = timer;
    this.onMore = onMore;
  }

  /** Reads for as long as it is not closed. */
  void readOn() {
    if (closed) {
      return;
    }
    CompletionStage<LogPage> page =
        tail.end()
            .map(end -> somethingBehind(end).thenCompose(found -> stream.read(end, PAGE)))
            .orElseGet(stream::bounds);
    page.thenAccept(this::arrived)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                readOn();
              } else {
                failed(failure);
              }
            });
  }

  /** Waits until the stream goes on behind a place, or for the longest time. */
  private CompletionStage<Response> somethingBehind(ResultPosition place) {
    return blocking.send(
        Request.cmd(Command.XREAD)
            .arg("COUNT")
            .arg(1)
            .arg("BLOCK")
            .arg(longestWait.toMillis())
            .arg("STREAMS")
            .arg(key)
            .arg(place.token()));
  }

  private void arrived(LogPage page) {
    if (failures >= WORTH_TELLING) {
      LOG.log(Level.INFO, "Results are read from Redis again");
    }
    failures = 0;
    if (tail.take(page)) {
      onMore.run();
    }
  }

  private void failed(Throwable failure) {
    tail.drop();
    if (closed) {
      return;
    }
    failures++;
    if (failures == WORTH_TELLING) {
      LOG.log(
          Level.WARNING,
          "Results cannot be read from Redis (key {0}), so watchers get none until they can: {1}",
          key,
          Failures.cause(failure).getMessage());
    }
    timer.schedule(PAUSE, this::readOn);
  }

  @Override
  public void close() {
    closed = true;
  }
}
