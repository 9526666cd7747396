package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.FetchStart;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.testkit.Traffic;

/** The limits towards a domain with their defaults, as the domain's server sees them. */
class PolitenessIT {

  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final int IDENTIFIERS = 36;

  @TempDir Path directory;

  @Test
  void neverMoreThanFiveAtOnceNorThirtyInAMinuteAndNoSlotIsWasted() {
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar)) {
      String main = stage.remote("shared").write().commits("main", 1);
      stage.server().slow(Duration.ofMillis(100));
      List<SignedEvent> states = new ArrayList<>();
      List<SignedEvent> announcements = new ArrayList<>();
      for (int i = 0; i < IDENTIFIERS; i++) {
        stage.host(ALICE, "r" + i);
        states.add(ALICE.state("r" + i).ref("refs/heads/main", main).sign());
        announcements.add(ALICE.announcement("r" + i).cloneUrls(stage.url("shared")).sign());
      }

      try (ResultWatch watch = stage.relay().watch()) {
        stage.relay().enqueue(0, states, announcements);
        states.forEach(state -> watch.awaitSatisfied(MINUTE.multipliedBy(2), state));
      }

      Traffic traffic = stage.server().traffic();
      List<FetchStart> starts = traffic.fetches();
      assertThat(starts).hasSize(IDENTIFIERS);
      assertThat(traffic.mostInFlight()).isEqualTo(5);
      assertThat(traffic.mostStartsInAny(MINUTE)).isEqualTo(30);
      // The first thirty go one behind the other; the next ones as soon as the window opens.
      assertThat(between(starts.get(0), starts.get(29))).isLessThan(Duration.ofSeconds(30));
      assertThat(between(starts.get(0), starts.get(30)))
          .isBetween(MINUTE, MINUTE.plus(Duration.ofSeconds(2)));
    }
  }

  private static Duration between(FetchStart one, FetchStart other) {
    return Duration.ofNanos(other.nanoTime() - one.nanoTime());
  }
}
