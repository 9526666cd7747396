package org.purgatory.sync.sync;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the total order of a group's results, as a resume token names it for ever. The form is
 * that of Redis stream ids: milliseconds since 1970, a dash, and a number within the millisecond.
 *
 * @param millis the time part, not negative
 * @param number the number within the millisecond, not negative
 */
public record ResultPosition(long millis, long number) implements Comparable<ResultPosition> {

  private static final Pattern TOKEN = Pattern.compile("(0|[1-9][0-9]{0,17})-(0|[1-9][0-9]{0,17})");
  private static final Comparator<ResultPosition> ORDER =
      Comparator.comparingLong(ResultPosition::millis).thenComparingLong(ResultPosition::number);

  /**
   * Reads a resume token.
   *
   * @param token what a client sent
   * @return its place, or empty if it is not a token
   */
  public static Optional<ResultPosition> parse(String token) {
    Matcher parts = TOKEN.matcher(token);
    return parts.matches()
        ? Optional.of(
            new ResultPosition(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
        : Optional.empty();
  }

  /**
   * The place as clients see it.
   *
   * @return the resume token
   */
  public String token() {
    return millis + "-" + number;
  }

  /**
   * The place of a result that is stored right behind this one.
   *
   * @param nowMillis the time, which may be behind
   * @return a later place
   */
  public ResultPosition next(long nowMillis) {
    return nowMillis > millis
        ? new ResultPosition(nowMillis, 0)
        : new ResultPosition(millis, number + 1);
  }

  @Override
  public int compareTo(ResultPosition other) {
    return ORDER.compare(this, other);
  }
}
