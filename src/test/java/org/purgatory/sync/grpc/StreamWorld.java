package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.purgatory.sync.testkit.VirtualTime;

/** A stream of results in virtual time, with log and client in a test's hands. */
final class StreamWorld {

  /** Between two bookmarks. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  static final Watch ALL = new Watch(new Start.Oldest(), Set.of());

  final VirtualTime time = new VirtualTime();
  final FakeLog log = new FakeLog();
  final FakeClient client = new FakeClient();
  ResultStream stream;

  /** A watch that goes on behind the n-th result. */
  static Watch from(int n) {
    return new Watch(new Start.Behind(FakeLog.position(n)), Set.of());
  }

  /** A watch that goes on behind what its consumer has acknowledged. */
  static Watch consumer(String name) {
    return new Watch(new Start.Acknowledged(name), Set.of());
  }

  /** Makes the stream, and does not start it. */
  void make(Watch watch) {
    stream = new ResultStream(watch, client, log, time, time, INTERVAL, time);
  }

  void open(Watch watch) {
    make(watch);
    stream.start();
    time.settle();
  }

  void append(String... identifiers) {
    log.append(identifiers);
    time.settle();
  }

  /** Tells the stream that the client may take more, if it does. */
  void ready() {
    stream.ready();
    time.settle();
  }

  /** Gives all answers that the log holds back. */
  void letGo() {
    log.letGo();
    time.settle();
  }

  void assertOutOfRange(String oldest) {
    Status status = Statuses.of(client.failure).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(status.getDescription()).endsWith("the oldest resume token is " + oldest);
    assertReleased();
  }

  /** The stream has ended: it holds on to nothing and says nothing more. */
  void assertReleased() {
    assertThat(log.listeners()).isZero();
    List<?> before = List.copyOf(client.responses);
    time.advance(INTERVAL.multipliedBy(3));
    assertThat(client.responses).isEqualTo(before);
  }
}
