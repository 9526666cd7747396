package org.purgatory.sync;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration: property, value, and what is allowed. */
final class Problems {

  private static final String UNITS = " KMGT";

  private final List<String> found = new ArrayList<>();

  /** Notes a problem, unless the value is allowed. */
  void require(boolean allowed, String property, String value, String whatIsAllowed) {
    if (!allowed) {
      found.add("%s must be %s, not %s".formatted(property, whatIsAllowed, value));
    }
  }

  /** Requires a number between two, both included. */
  void requireBetween(String property, int value, int least, int most) {
    require(
        least <= value && value <= most,
        property,
        Integer.toString(value),
        "between %d and %d".formatted(least, most));
  }

  /** Requires a number of bytes between two, both included. */
  void requireBetween(String property, MemorySize value, long least, long most) {
    BigInteger bytes = value.asBigInteger();
    require(
        bytes.compareTo(BigInteger.valueOf(least)) >= 0
            && bytes.compareTo(BigInteger.valueOf(most)) <= 0,
        property,
        bytes.toString(),
        "between %s and %s bytes".formatted(shown(least), shown(most)));
  }

  /** Requires a duration between two, both included. */
  void requireBetween(String property, Duration value, Duration least, Duration most) {
    require(
        least.compareTo(value) <= 0 && value.compareTo(most) <= 0,
        property,
        shown(value),
        "between %s and %s".formatted(shown(least), shown(most)));
  }

  /** Requires a duration that is no longer than that of another property. */
  void requireAtMost(String property, Duration value, String other, Duration most) {
    require(
        value.compareTo(most) <= 0,
        property,
        shown(value),
        "at most %s (%s)".formatted(other, shown(most)));
  }

  /** Notes a problem that says all by itself. */
  void add(String problem) {
    found.add(problem);
  }

  List<String> found() {
    return List.copyOf(found);
  }

  /** Bytes in the largest unit that divides them, as they would be written in a configuration. */
  private static String shown(long bytes) {
    long number = bytes;
    int unit = 0;
    while (number % 1024 == 0 && unit < UNITS.length() - 1) {
      number /= 1024;
      unit++;
    }
    return (number + UNITS.substring(unit, unit + 1)).trim();
  }

  /** A duration in the largest unit that divides it, as it would be written in a configuration. */
  private static String shown(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0 || seconds == 0) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes % 60 != 0) {
      return minutes + "m";
    }
    return minutes % (24 * 60) == 0 ? duration.toDays() + "d" : duration.toHours() + "h";
  }
}
