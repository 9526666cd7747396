package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.testkit.Await;

/** A log whose memory has caught up with Redis whenever it is asked: for tests on one thread. */
final class CaughtUpLog implements ResultLog {

  private final RedisResultLog log;

  CaughtUpLog(RedisResultLog log) {
    this.log = log;
  }

  private ResultLog caughtUp() {
    Bounds bounds = log.bounds().toCompletableFuture().join();
    Await.until(
        Duration.ofSeconds(10),
        "results up to " + bounds + " in memory",
        () -> log.remembered().equals(Optional.of(bounds)));
    return log;
  }

  @Override
  public CompletionStage<Read> read(ResultPosition after, int most) {
    return caughtUp().read(after, most);
  }

  @Override
  public CompletionStage<Bounds> bounds() {
    return caughtUp().bounds();
  }

  @Override
  public CompletionStage<Optional<OutOfRange>> acknowledge(
      String consumer, ResultPosition position) {
    return log.acknowledge(consumer, position);
  }

  @Override
  public CompletionStage<Optional<ResultPosition>> acknowledged(String consumer) {
    return log.acknowledged(consumer);
  }

  @Override
  public Subscription onAppend(Runnable listener) {
    return log.onAppend(listener);
  }
}
