package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.LogTap;
import org.purgatory.sync.testkit.VirtualTime;

class OutageLogTest {

  private static final String NAME = OutageLogTest.class.getName();

  private final VirtualTime time = new VirtualTime();
  private final LogTap tap = LogTap.on(NAME);
  private final OutageLog log = new OutageLog(System.getLogger(NAME), time, "Counting sheep");

  @AfterEach
  void close() {
    tap.close();
  }

  @Test
  void whatWorksIsNotWorthALine() {
    log.worked();
    log.ended("result", null);
    assertThat(tap.warnings()).isEmpty();
    assertThat(tap.infos()).isEmpty();
  }

  @Test
  void manyFailuresAreOneLine() {
    for (int i = 0; i < 1000; i++) {
      log.failed(away("it's {0} away"));
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(tap.warnings())
        .containsExactly("Counting sheep fails (said once, until it works again): it's {0} away");
    assertThat(tap.stackTraces()).isEmpty();
  }

  @Test
  void recoveryIsOneLineThatTellsHowLongItTook() {
    log.failed(away("away"));
    time.advance(Duration.ofSeconds(70));
    log.failed(away("away"));
    time.advance(Duration.ofSeconds(5));
    log.worked();
    log.worked();
    assertThat(tap.infos()).containsExactly("Counting sheep works again, after failing for 70 s");
  }

  @Test
  void whatFailsNowAndThenIsOneOutage() {
    for (int i = 0; i < 1000; i++) {
      log.failed(away("away"));
      time.advance(Duration.ofMillis(10));
      log.worked();
    }
    assertThat(tap.warnings()).hasSize(1);
    assertThat(tap.infos()).isEmpty();
    time.advance(Duration.ofSeconds(5));
    log.worked();
    assertThat(tap.infos()).hasSize(1);
    log.failed(away("away"));
    assertThat(tap.warnings()).hasSize(2);
  }

  @Test
  void whatNobodyForesawComesWithItsStackTrace() {
    IllegalStateException bug = new IllegalStateException("a bug");
    log.ended(null, new CompletionException(bug));
    assertThat(tap.warnings()).singleElement().asString().endsWith("again): a bug");
    assertThat(tap.stackTraces()).containsExactly(bug);
  }

  private static StoreUnavailableException away(String message) {
    return new StoreUnavailableException(message);
  }
}
