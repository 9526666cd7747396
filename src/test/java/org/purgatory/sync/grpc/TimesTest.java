package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {

  @Test
  void bothPartsOfADurationHaveOneSign() {
    com.google.protobuf.Duration waited = Times.duration(Duration.ofMillis(-1500));
    assertThat(waited.getSeconds()).isEqualTo(-1);
    assertThat(waited.getNanos()).isEqualTo(-500_000_000);
  }

  @Test
  void durationKeepsItsNanos() {
    com.google.protobuf.Duration waited = Times.duration(Duration.ofSeconds(2, 3));
    assertThat(waited.getSeconds()).isEqualTo(2);
    assertThat(waited.getNanos()).isEqualTo(3);
  }

  @Test
  void timestampCountsFrom1970() {
    assertThat(Times.timestamp(Instant.EPOCH.plusNanos(5)).getNanos()).isEqualTo(5);
  }
}
