package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the scripts know them: whole microseconds, which a Lua number holds exactly. */
final class Micros {

  private static final int NANOS = 1000;

  private Micros() {}

  /** A duration for a script. Rounded up, so that nothing happens before its time. */
  static String of(Duration duration) {
    long micros = duration.toNanosPart() % NANOS == 0 ? 0 : 1;
    return String.valueOf(
        duration.toSeconds() * 1_000_000 + duration.toNanosPart() / NANOS + micros);
  }

  static Duration duration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
