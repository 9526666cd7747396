package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads numbers that scripts answer with, where a negative one stands for none. */
final class Answers {

  private Answers() {}

  static Optional<Instant> time(Response micros) {
    return number(micros).map(Micros::instant);
  }

  static Optional<Duration> duration(Response micros) {
    return number(micros).map(Micros::duration);
  }

  private static Optional<Long> number(Response micros) {
    return Optional.of(micros.toLong()).filter(number -> number >= 0);
  }
}
