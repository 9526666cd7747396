package org.purgatory.sync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedisServerIT {

  @ParameterizedTest
  @MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
  void keepsWhatWasWrittenOverACrash(RedisBinary binary) {
    try (RedisServer server =
        RedisServer.start(binary, "--appendonly", "yes", "--appendfsync", "always")) {
      assertThat(server.call("SET", "k", "v ü")).isEqualTo("OK");
      server.kill();
      assertThatThrownBy(() -> server.call("GET", "k")).isInstanceOf(UncheckedIOException.class);
      server.start();
      assertThat(server.call("GET", "k")).isEqualTo("v ü");
    }
  }
}
