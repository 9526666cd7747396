package org.purgatory.sync.git;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;

/** Something that happens to a relay. */
sealed interface Step {

  /** At which moment of the sidecar's work something arrives. */
  enum Moment {
    BETWEEN_RUNS,
    DURING_A_FETCH,
    BEFORE_REFS_ARE_WRITTEN
  }

  /**
   * Events arrive.
   *
   * @param pending those that wait for git data
   * @param known those that the relay serves
   * @param delay until the first attempt
   * @param moment when
   * @param after how much time goes by afterwards
   */
  record Arrival(
      List<GitEvent> pending, List<GitEvent> known, Duration delay, Moment moment, Duration after)
      implements Step {
    @Override
    public String toString() {
      return "arrival at %s, due in %s, followed by %s: pending %s, known %s"
          .formatted(moment, delay, after, describe(pending), describe(known));
    }
  }

  /** The relay makes an owner's repository. */
  record Creation(PublicKey owner) implements Step {}

  /** The relay's git collects garbage in an owner's repository. */
  record Garbage(PublicKey owner) implements Step {}

  /** Somebody pushes a ref that is no event's business to an owner's repository. */
  record Note(PublicKey owner) implements Step {}

  /** Servers stop to answer. */
  record Hold() implements Step {}

  /** Servers answer again. */
  record LetGo() implements Step {}

  /** The sidecar is killed, and the relay tells the next one what it serves and what waits. */
  record Restart() implements Step {}

  /** All that matters of some events. */
  static String describe(List<? extends GitEvent> events) {
    return events.stream()
        .map(
            e ->
                "%d:%s by %s at %d %s"
                    .formatted(
                        e.event().kind(),
                        e.id().hex().substring(56),
                        e.author().hex().substring(63),
                        e.event().createdAt(),
                        e.event().tags()))
        .collect(Collectors.joining("\n    ", "[", "]"));
  }
}
