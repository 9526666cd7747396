package org.purgatory.sync.simulation;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;

/** A log that does what another one does, for variants that differ in one thing. */
class ForwardingLog implements ResultLog {

  final ResultLog real;

  ForwardingLog(ResultLog real) {
    this.real = real;
  }

  @Override
  public CompletionStage<Read> read(ResultPosition after, int most) {
    return real.read(after, most);
  }

  @Override
  public CompletionStage<Bounds> bounds() {
    return real.bounds();
  }

  @Override
  public CompletionStage<Optional<OutOfRange>> acknowledge(
      String consumer, ResultPosition position) {
    return real.acknowledge(consumer, position);
  }

  @Override
  public CompletionStage<Optional<ResultPosition>> acknowledged(String consumer) {
    return real.acknowledged(consumer);
  }

  @Override
  public Subscription onAppend(Runnable listener) {
    return real.onAppend(listener);
  }
}
