package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownGreetingsTest {

  private static final URI URL = URI.create("https://example.org/x.git/info/refs");
  private static final Greeting GREETING = new Greeting("text/x", new byte[] {1});

  private final AtomicLong nanoTime = new AtomicLong();
  private final KnownGreetings greetings = new KnownGreetings(nanoTime::get);

  @Test
  void aGreetingIsKnownForItsUrlOnly() {
    greetings.note(URL, GREETING);

    assertThat(greetings.at(URL)).contains(GREETING);
    assertThat(greetings.at(URI.create("https://example.org/y.git/info/refs"))).isEmpty();
    assertThat(greetings.at(URI.create("http://example.org/x.git/info/refs"))).isEmpty();
  }

  @Test
  void aGreetingIsAskedForAgainAfterTenMinutes() {
    greetings.note(URL, GREETING);
    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(greetings.at(URL)).isPresent();

    nanoTime.addAndGet(1);

    assertThat(greetings.at(URL)).isEmpty();
  }

  @Test
  void aGreetingThatLedNowhereIsForgotten() {
    greetings.note(URL, GREETING);

    greetings.forget(URL);

    assertThat(greetings.at(URL)).isEmpty();
  }

  @Test
  void endlessUrlsPushOutWhatWasNotUsedForLongest() {
    greetings.note(URL, GREETING);
    for (int i = 0; i < 999; i++) {
      greetings.note(URI.create("https://example.org/" + i), GREETING);
    }
    assertThat(greetings.at(URL)).isPresent();

    greetings.note(URI.create("https://example.org/last"), GREETING);

    assertThat(greetings.at(URL)).isPresent();
    assertThat(greetings.at(URI.create("https://example.org/0"))).isEmpty();
  }
}
