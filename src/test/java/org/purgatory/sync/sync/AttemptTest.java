package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.oid;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;

class AttemptTest {

  private static final CloneUrl URL = CloneUrl.parse("https://a.example/r");

  @Test
  void fetchThatBroughtNothingIsNoSuccess() {
    assertThat(Attempt.of(URL, new FetchResult.Fetched(Set.of(oid(1), oid(2)), 9)))
        .isEqualTo(new Attempt(URL, "fetched", "", 2));
    assertThat(Attempt.of(URL, new FetchResult.Fetched(Set.of(), 9)))
        .isEqualTo(new Attempt(URL, "nothing", "", 0));
  }

  @Test
  void missingObjectIsNamed() {
    assertThat(Attempt.of(URL, new FetchResult.ObjectMissing(oid(1))))
        .isEqualTo(new Attempt(URL, "object_missing", "does not have " + oid(1), 0));
  }

  @Test
  void failureIsToldInItsOneWord() {
    for (FetchFailure failure : FetchFailure.values()) {
      assertThat(Attempt.of(URL, new FetchResult.Failed(failure, "why")))
          .isEqualTo(new Attempt(URL, failure.label(), "why", 0));
    }
  }

  @Test
  void whatAServerSaysStaysOneLineAndShort() {
    String hostile = "no\r\n\u0000[ERROR]\u2028 \ud83d" + "🚀".repeat(100_000);
    String detail = Attempt.of(URL, new FetchResult.Failed(FetchFailure.TLS, hostile)).detail();
    assertThat(detail).startsWith("no   [ERROR]   🚀").endsWith("🚀…");
    assertThat(detail.codePointCount(0, detail.length())).isEqualTo(300);
  }

  @Test
  void reasonOfAnExpiryTellsTheTimeAsAPersonWould() {
    assertThat(ReleaseReasons.waited(Duration.ofMinutes(30))).isEqualTo("waited 30 minutes");
    assertThat(ReleaseReasons.waited(Duration.ofMinutes(1))).isEqualTo("waited 1 minute");
    assertThat(ReleaseReasons.waited(Duration.ofSeconds(90))).isEqualTo("waited 90 seconds");
    assertThat(ReleaseReasons.waited(Duration.ofMillis(1500))).isEqualTo("waited 1500 ms");
  }
}
