package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.sync.StoreUnavailableException;

class RedisErrorsTest {

  private static final String SCRIPT_OF_6_2 =
      "ERR Error running script (call to f_5c): @user_script:109: @user_script: 109: -%s";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READONLY You can't write against a read only replica.",
        "MISCONF Redis is configured to save RDB snapshots, but it's unable to persist to disk.",
        "LOADING Redis is loading the dataset in memory",
        "CLUSTERDOWN The cluster is down"
      })
  void whatPassesIsUnavailabilityInScriptsToo(String answer) {
    assertThat(RedisErrors.of(ErrorType.create(answer)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(RedisErrors.of(ErrorType.create(SCRIPT_OF_6_2.formatted(answer))))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void connectionThatEndsIsNoAnswerOfRedis() {
    ErrorType closed = ErrorType.create("CONNECTION_CLOSED");

    assertThat(RedisErrors.isAnswer(closed)).isFalse();
    assertThat(RedisErrors.of(closed))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("the connection to Redis was lost");
  }

  @Test
  void fullMemoryIsToldApartFromOtherErrorsOfScripts() {
    String full = "OOM command not allowed when used memory > 'maxmemory'.";

    assertThat(refused(full).kind()).isEqualTo("OOM");
    assertThat(refused(SCRIPT_OF_6_2.formatted(full)).kind()).isEqualTo("OOM");
    assertThat(refused("ERR unknown command").kind()).isEqualTo("ERR");
  }

  @Test
  void messageOfTheClientLibraryIsNotPassedOn() {
    Exception failure = new IOException("redis://:secret@redis.example:6379 is away");

    assertThat(RedisErrors.of(failure))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void failureOfTlsSaysWhatToLookAt() {
    Exception failure = new IOException(new SSLHandshakeException("No name matching redis found"));

    assertThat(RedisErrors.of(failure))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("certificate");
  }

  private static RedisRefusedException refused(String answer) {
    return (RedisRefusedException) RedisErrors.of(ErrorType.create(answer));
  }
}
