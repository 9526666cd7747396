package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchMeterTest {

  private static final FetchCaps CAPS = new FetchCaps(100_000, 1_000, 10, 500, 5_000);
  private static final long SECOND = 1_000_000_000;

  private final MemoryBudget budget = new MemoryBudget(1000);
  private final FetchMeter meter = new FetchMeter(CAPS, Duration.ofSeconds(30), budget.share());

  @Test
  void bytesOnTheWireAreCapped() throws Exception {
    meter.received(60_000, 0);
    meter.received(40_000, 0);
    meter.received(-1, 0);

    assertThat(meter.bytes()).isEqualTo(100_000);
    assertThatThrownBy(() -> meter.received(1, 0))
        .isInstanceOf(TooLargeException.class)
        .hasMessage("more than 100000 bytes were sent")
        .isSameAs(meter.failure());
  }

  @Test
  void whatComesBesidesThePackIsCapped() throws Exception {
    meter.receivedBody(1_000);

    assertThatThrownBy(() -> meter.receivedBody(1)).isInstanceOf(TooLargeException.class);
  }

  @Test
  void packCountsOnceAndPaysForItsFrames() throws Exception {
    meter.receivedBody(1_000);
    meter.awaitPack(64);
    meter.receivedBody(64);
    meter.receivedPack(64);

    meter.receivedBody(1);
    assertThatThrownBy(() -> meter.receivedBody(1)).isInstanceOf(TooLargeException.class);
  }

  @Test
  void whatIsSaidInsteadOfThePackIsCappedThoughThePackIsAwaited() throws Exception {
    meter.awaitPack(64);
    meter.receivedBody(1_064);

    assertThatThrownBy(() -> meter.receivedBody(1)).isInstanceOf(TooLargeException.class);
  }

  @Test
  void announcedObjectsAreCapped() throws Exception {
    meter.announced(10);

    assertThatThrownBy(() -> meter.announced(11)).isInstanceOf(TooLargeException.class);
  }

  @Test
  void inflatedBytesAreCapped() throws Exception {
    meter.inflated(5_000);

    assertThatThrownBy(() -> meter.inflated(1)).isInstanceOf(TooLargeException.class);
  }

  @Test
  void lessThanAThousandBytesPerSecondOfWaitingIsAStall() throws Exception {
    for (int i = 0; i < 3; i++) {
      meter.received(29_999, 29 * SECOND);
      meter.received(1, SECOND);
    }
    meter.received(9_000, 29 * SECOND);
    assertThatThrownBy(() -> meter.received(999, SECOND))
        .isInstanceOf(SocketTimeoutException.class)
        .isSameAs(meter.failure());
  }

  @Test
  void timeThatIsNotWaitedDoesNotCount() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      meter.received(1, 0);
    }

    assertThat(meter.failure()).isNull();
  }

  @Test
  void firstFailureIsTheOneThatCounts() {
    assertThatThrownBy(() -> meter.announced(11)).isInstanceOf(TooLargeException.class);
    IOException first = meter.failure();

    assertThatThrownBy(() -> meter.received(0, 30 * SECOND)).isSameAs(first);
  }

  @Test
  void threadReadsForOneExchangeAtATime() {
    assertThat(FetchMeter.ofThisThread()).isNull();
    meter.begin();
    assertThat(FetchMeter.ofThisThread()).isSameAs(meter);
    meter.end();
    assertThat(FetchMeter.ofThisThread()).isNull();
  }
}
