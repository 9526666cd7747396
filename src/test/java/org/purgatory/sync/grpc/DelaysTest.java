package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purgatory.sync.nostr.InvalidValueException;

class DelaysTest {

  private static final java.time.Duration MOST = java.time.Duration.ofMinutes(30);

  @ParameterizedTest
  @CsvSource({"0,0", "0,1", "0,999999999", "1799,999999999", "1800,0"})
  void delaysUpToTheLongestAreTaken(long seconds, int nanos) {
    assertThat(Delays.read(delay(seconds, nanos), MOST))
        .isEqualTo(java.time.Duration.ofSeconds(seconds, nanos));
  }

  @ParameterizedTest
  @CsvSource({"-1,0", "0,-1", "-1,-1", "1800,1", "315576000000,0", "-315576000000,-999999999"})
  void negativeAndTooLongDelaysAreRefused(long seconds, int nanos) {
    assertThatThrownBy(() -> Delays.read(delay(seconds, nanos), MOST))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("a delay must be from 0 to 1800 seconds");
  }

  @ParameterizedTest
  @CsvSource({
    "1,-1",
    "-1,1",
    "0,1000000000",
    "0,-1000000000",
    "0,-2147483648",
    "315576000001,0",
    "-315576000001,0",
    "9223372036854775807,999999999",
    "-9223372036854775808,0"
  })
  void whatProtobufDoesNotCallADurationIsRefused(long seconds, int nanos) {
    assertThatThrownBy(() -> Delays.read(delay(seconds, nanos), MOST))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("not a valid Duration");
  }

  private static Duration delay(long seconds, int nanos) {
    return Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
  }
}
