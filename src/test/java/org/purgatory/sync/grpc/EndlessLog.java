package org.purgatory.sync.grpc;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncResult;

/** A log of 10 KB results that never ends, and counts what is read of it. */
final class EndlessLog implements ResultLog {

  private static final SyncResult RESULT = Results.large("repo");

  final AtomicLong pulled = new AtomicLong();
  final AtomicInteger listeners = new AtomicInteger();

  @Override
  public CompletionStage<Read> read(ResultPosition after, int most) {
    pulled.addAndGet(most);
    return completedFuture(
        new Page(
            LongStream.rangeClosed(after.millis() + 1, after.millis() + most)
                .mapToObj(n -> new StoredResult(new ResultPosition(n, 0), RESULT))
                .toList()));
  }

  @Override
  public CompletionStage<Bounds> bounds() {
    ResultPosition start = new ResultPosition(0, 0);
    return completedFuture(new Bounds(start, start));
  }

  @Override
  public CompletionStage<Optional<OutOfRange>> acknowledge(
      String consumer, ResultPosition position) {
    throw new UnsupportedOperationException("nobody acknowledges here");
  }

  @Override
  public CompletionStage<Optional<ResultPosition>> acknowledged(String consumer) {
    throw new UnsupportedOperationException("nobody acknowledges here");
  }

  @Override
  public Subscription onAppend(Runnable listener) {
    listeners.incrementAndGet();
    return listeners::decrementAndGet;
  }
}
