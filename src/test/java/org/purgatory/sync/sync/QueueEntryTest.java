package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueEntryTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration THREE_MINUTES = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(2));

  private final QueueEntry fresh = QueueEntry.firstEvent(NOW, THREE_MINUTES);

  @Test
  void firstEventWaitsForItsDelay() {
    assertThat(fresh).isEqualTo(new QueueEntry(at(180), 0, false, Optional.empty()));
  }

  @Test
  void furtherEventBringsTheAttemptForward() {
    assertThat(fresh.eventArrived(NOW, SOON).nextAttempt()).isEqualTo(NOW.plus(SOON));
  }

  @Test
  void furtherEventNeverPutsTheAttemptOff() {
    QueueEntry soon = QueueEntry.firstEvent(NOW, SOON);
    assertThat(soon.eventArrived(NOW, THREE_MINUTES)).isEqualTo(soon);
  }

  @Test
  void furtherEventStartsTheAttemptsAnew() {
    QueueEntry tried = new QueueEntry(at(120), 7, false, Optional.empty());
    assertThat(tried.eventArrived(NOW, SOON).attemptCount()).isZero();
  }

  @Test
  void burstOfEventsIsDueHalfASecondAfterItsFirst() {
    QueueEntry entry = QueueEntry.firstEvent(NOW, SOON);
    for (int i = 1; i < 10; i++) {
      entry = entry.eventArrived(NOW.plusMillis(40L * i), SOON);
    }
    assertThat(entry.nextAttempt()).isEqualTo(NOW.plus(SOON));
  }

  @Test
  void runThatLeavesNothingEndsTheEntry() {
    assertThat(fresh.runStarted().runEnded(false, at(200), BACKOFF)).isEmpty();
  }

  @Test
  void runThatLeavesEventsBacksOff() {
    QueueEntry once = fresh.runStarted().runEnded(true, at(200), BACKOFF).orElseThrow();
    assertThat(once).isEqualTo(new QueueEntry(at(220), 1, false, Optional.empty()));
    QueueEntry twice = once.runStarted().runEnded(true, at(230), BACKOFF).orElseThrow();
    assertThat(twice).isEqualTo(new QueueEntry(at(270), 2, false, Optional.empty()));
  }

  @Test
  void eventDuringARunIsNotDelayedByTheRunsBackoff() {
    QueueEntry after =
        new QueueEntry(NOW, 5, true, Optional.empty())
            .eventArrived(at(10), SOON)
            .runEnded(true, at(11), BACKOFF)
            .orElseThrow();
    assertThat(after.nextAttempt()).isEqualTo(at(10).plus(SOON));
    assertThat(after.attemptCount()).isZero();
  }

  @Test
  void eventThatArrivedDuringARunAndWasReleasedInItNeedsNoFurtherRun() {
    QueueEntry running = fresh.runStarted().eventArrived(at(190), SOON);
    assertThat(running.runEnded(false, at(200), BACKOFF)).isEmpty();
  }

  @Test
  void eventWithALongDelayDoesNotPutOffTheEventsBeforeIt() {
    QueueEntry running = fresh.runStarted().eventArrived(at(190), THREE_MINUTES);
    QueueEntry after = running.runEnded(true, at(200), BACKOFF).orElseThrow();
    assertThat(after.nextAttempt()).isEqualTo(at(220));
  }

  @Test
  void earliestOfSeveralEventsDuringARunCounts() {
    QueueEntry running =
        fresh.runStarted().eventArrived(at(190), SOON).eventArrived(at(191), THREE_MINUTES);
    assertThat(running.due()).isEqualTo(at(190).plus(SOON));
  }

  private static Instant at(long seconds) {
    return NOW.plusSeconds(seconds);
  }
}
