package org.purgatory.sync.git;

import static java.util.Map.entry;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.purgatory.sync.sync.ExchangeSign.AskedForPatience;

/**
 * Reads {@code Retry-After} (RFC 9110, section 10.2.3): whole seconds, or a date in any of the
 * three formats of its section 5.6.7. What is neither is no word at all, and so is what is over.
 */
final class RetryAfter {

  private static final Pattern SECONDS = Pattern.compile("0*([0-9]+)");

  /** More digits are more than the longest wait in any case. */
  private static final int MOST_DIGITS = 9;

  /** By number, as a locale's own names may differ, and a native executable lacks most of them. */
  private static final Map<Long, String> MONTHS =
      Map.ofEntries(
          entry(1L, "Jan"),
          entry(2L, "Feb"),
          entry(3L, "Mar"),
          entry(4L, "Apr"),
          entry(5L, "May"),
          entry(6L, "Jun"),
          entry(7L, "Jul"),
          entry(8L, "Aug"),
          entry(9L, "Sep"),
          entry(10L, "Oct"),
          entry(11L, "Nov"),
          entry(12L, "Dec"));

  /** The oldest year that two digits stand for. */
  private static final int OLDEST_YEAR = 1980;

  /** What stands behind the day's name, which the date says anyway. */
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          monthAfter("dd ").appendPattern(" uuuu HH:mm:ss 'GMT'").toFormatter(Locale.ROOT),
          monthAfter("dd-")
              .appendLiteral('-')
              .appendValueReduced(ChronoField.YEAR, 2, 2, OLDEST_YEAR)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ROOT),
          monthAfter("").appendPattern(" ppd HH:mm:ss uuuu").toFormatter(Locale.ROOT));

  private static final Pattern DATE = Pattern.compile("[A-Z][a-z]{2,8},? (.*)");

  private RetryAfter() {}

  /**
   * How long a response asks everybody to stay away.
   *
   * @param response a date in it is taken for how long after its {@code Date} it is, so that clocks
   *     need not agree
   * @param clock for responses without a date
   * @return more than nothing, at most {@link AskedForPatience#LONGEST}; empty if it does not ask
   */
  static Optional<Duration> of(HttpResponse response, Clock clock) {
    int status = response.getCode();
    if (status != HttpStatus.SC_TOO_MANY_REQUESTS && status != HttpStatus.SC_SERVICE_UNAVAILABLE) {
      return Optional.empty();
    }
    return header(response, HttpHeaders.RETRY_AFTER)
        .flatMap(value -> wait(value, response, clock))
        .filter(wait -> !wait.isNegative() && !wait.isZero())
        .map(
            wait -> wait.compareTo(AskedForPatience.LONGEST) < 0 ? wait : AskedForPatience.LONGEST);
  }

  private static Optional<Duration> wait(String value, HttpMessage response, Clock clock) {
    Matcher seconds = SECONDS.matcher(value);
    if (seconds.matches()) {
      String digits = seconds.group(1);
      return Optional.of(
          digits.length() > MOST_DIGITS
              ? AskedForPatience.LONGEST
              : Duration.ofSeconds(Integer.parseInt(digits)));
    }
    Instant now =
        header(response, HttpHeaders.DATE).flatMap(RetryAfter::date).orElseGet(clock::instant);
    return date(value).map(date -> Duration.between(now, date));
  }

  private static Optional<Instant> date(String value) {
    Matcher behindDay = DATE.matcher(value);
    if (!behindDay.matches()) {
      return Optional.empty();
    }
    for (DateTimeFormatter format : FORMATS) {
      try {
        LocalDateTime date = LocalDateTime.parse(behindDay.group(1), format);
        return Optional.of(date.toInstant(ZoneOffset.UTC));
      } catch (DateTimeException e) {
        // Perhaps another format.
      }
    }
    return Optional.empty();
  }

  private static Optional<String> header(HttpMessage response, String name) {
    Header header = response.getFirstHeader(name);
    return Optional.ofNullable(header).map(Header::getValue).map(String::strip);
  }

  private static DateTimeFormatterBuilder monthAfter(String pattern) {
    return new DateTimeFormatterBuilder()
        .appendPattern(pattern)
        .appendText(ChronoField.MONTH_OF_YEAR, MONTHS);
  }
}
