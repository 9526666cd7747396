package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(2));

  @ParameterizedTest
  @CsvSource({"1, 20", "2, 40", "3, 80", "4, 120", "5, 120", "1000000, 120"})
  void doublesUpToTwoMinutes(int attempts, long seconds) {
    assertThat(backoff.after(attempts)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void refusesBoundsThatMakeNoSense() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
