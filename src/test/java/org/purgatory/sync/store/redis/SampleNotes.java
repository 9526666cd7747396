package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.sync.Attempt;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.testkit.SampleEvents;

/** The few notes of the differential test, by a number: its bits say what they hold. */
final class SampleNotes {

  static final int COUNT = 64;

  private SampleNotes() {}

  static RunNote note(int number) {
    boolean throttled = (number & 1) != 0;
    Optional<RunNote.Seen> seen = (number & 2) == 0 ? Optional.empty() : Optional.of(seen(number));
    int attempts = (number & 4) == 0 ? 0 : number >> 3;
    return new RunNote(
        seen, IntStream.range(0, attempts).mapToObj(i -> ended(number, i)).toList(), throttled);
  }

  private static RunNote.Seen seen(int number) {
    return new RunNote.Seen(
        IntStream.rangeClosed(1, number >> 4).mapToObj(i -> SampleEvents.oid(i)).toList(),
        (number & 8) == 0 ? List.of() : List.of("line 1\nof \"problem\" " + number, "é 🚀"));
  }

  private static RunNote.Ended ended(int number, int i) {
    CloneUrl url = CloneUrl.parse("https://a.example/" + number + "/" + i);
    return new RunNote.Ended(
        new Attempt(url, i % 2 == 0 ? "fetched" : "timeout", "", i % 2),
        Duration.ofMillis(100L * i));
  }
}
