package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-06T08:49:37Z"), ZoneOffset.UTC);

  private final Locale locale = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @Test
  void secondsCountFromTheResponse() {
    assertThat(wait("2")).contains(Duration.ofSeconds(2));
    assertThat(wait(" 120\t")).contains(Duration.ofSeconds(120));
    assertThat(wait("0007")).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri, 06 Nov 2026 08:50:07 GMT",
        "Friday, 06-Nov-26 08:50:07 GMT",
        "Fri Nov  6 08:50:07 2026"
      })
  void datesOfAllThreeFormatsAreUnderstood(String date) {
    assertThat(wait(date)).contains(Duration.ofSeconds(30));
  }

  @Test
  void datesAreUnderstoodWhateverTheLocale() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(wait("Fri, 06 Nov 2026 08:50:07 GMT")).contains(Duration.ofSeconds(30));
  }

  @Test
  void datesCountFromTheServersOwnClockIfItTellsItsTime() {
    HttpResponse response = response(503, "Sat, 07 Nov 2026 12:00:20 GMT");
    response.setHeader("Date", "Sat, 07 Nov 2026 12:00:00 GMT");
    assertThat(RetryAfter.of(response, CLOCK)).contains(Duration.ofSeconds(20));
    response.setHeader("Date", "yesterday");
    assertThat(RetryAfter.of(response, CLOCK)).contains(HOUR);
  }

  @Test
  void nothingIsBelievedForLongerThanAnHour() {
    assertThat(wait("3599")).contains(Duration.ofSeconds(3599));
    assertThat(wait("3601")).contains(HOUR);
    assertThat(wait("9".repeat(8000))).contains(HOUR);
    assertThat(wait("Fri, 31 Dec 9999 23:59:59 GMT")).contains(HOUR);
    assertThat(wait("Wednesday, 06-Nov-69 08:50:07 GMT")).contains(HOUR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "00000000000000",
        "-1",
        "-9999999999",
        "+5",
        "1.5",
        "5s",
        "5, 6",
        "0x10",
        "1e3",
        "\u0661\u0662",
        "NaN",
        "soon",
        "Fri, 06 Nov 2026 08:49:37 GMT",
        "Fri, 06 Nov 2020 08:50:07 GMT",
        "Fri, 06 Nov 2026 08:50:07",
        "Fri, 06 Nov 2026 08:50:07 PST",
        "Fri, 06 Nov 2026 08:50:07 +0100",
        "Fri, 32 Nov 2026 08:50:07 GMT",
        "Fri, 06 Nov 2026 25:50:07 GMT",
        "Fri, 06 Nov 99999999999 08:50:07 GMT",
        "Fri, 06 Nov -2026 08:50:07 GMT",
        "06 Nov 2026 08:50:07 GMT",
        "2026-11-06T08:50:07Z",
        "Fri, 06 Nov 2026 08:50:07 GMT; 5",
        "Fri Nov 6 08:50:07 2026\u0000"
      })
  void whatIsNeitherOrIsOverIsNoWordAtAll(String value) {
    assertThat(wait(value)).isEmpty();
  }

  @Test
  void firstOfSeveralCounts() {
    HttpResponse response = response(429, "2");
    response.addHeader("Retry-After", "3000");
    assertThat(RetryAfter.of(response, CLOCK)).contains(Duration.ofSeconds(2));
  }

  @Test
  void onlyAServerThatIsBusyAsksForPatience() {
    assertThat(RetryAfter.of(response(503, "2"), CLOCK)).isPresent();
    for (int status : new int[] {200, 301, 403, 404, 500, 502}) {
      assertThat(RetryAfter.of(response(status, "2"), CLOCK)).isEmpty();
    }
    assertThat(RetryAfter.of(new BasicHttpResponse(429), CLOCK)).isEmpty();
  }

  private static Optional<Duration> wait(String value) {
    return RetryAfter.of(response(429, value), CLOCK);
  }

  private static HttpResponse response(int status, String retryAfter) {
    HttpResponse response = new BasicHttpResponse(status);
    response.setHeader("Retry-After", retryAfter);
    return response;
  }
}
