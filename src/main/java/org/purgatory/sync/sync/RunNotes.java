package org.purgatory.sync.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.purgatory.sync.nostr.Oid;

/**
 * What a run has seen and done that its status should tell. It goes along with what the run asks
 * the store anyway; what is on its way and may not arrive is told again.
 */
final class RunNotes {

  private record Fetched(Attempt attempt, Instant at) {}

  private final Clock clock;
  private final List<Fetched> untold = new ArrayList<>();
  private final List<Supplier<List<String>>> problems = new ArrayList<>();
  private SortedSet<Oid> missing = new TreeSet<>();
  private Optional<RunNote.Seen> told = Optional.empty();
  private boolean looked;

  RunNotes(Clock clock) {
    this.clock = clock;
  }

  /** A look begins: what was in the way before need not be any more. */
  synchronized void looksAfresh() {
    problems.clear();
  }

  /** A look has shown which objects are not here. */
  synchronized void missing(Set<Oid> oids) {
    missing = new TreeSet<>(oids);
    looked = true;
  }

  /** Something keeps events waiting. */
  void problem(String line) {
    problems(() -> List.of(line));
  }

  /**
   * Some things may keep events waiting. Most looks are never told of, so these are worked out when
   * a note is taken.
   *
   * @param lines tells them, without regard to when it is asked
   */
  synchronized void problems(Supplier<List<String>> lines) {
    problems.add(lines);
  }

  /** A fetch has ended. */
  synchronized void ended(Attempt attempt) {
    untold.add(new Fetched(attempt, clock.instant()));
  }

  /** What there is to tell now. */
  synchronized RunNote take(boolean throttled) {
    Instant now = clock.instant();
    RunNote.Seen seen = new RunNote.Seen(List.copyOf(missing), problems());
    return new RunNote(
        Optional.of(seen).filter(s -> looked && !told.equals(Optional.of(s))),
        untold.stream()
            .map(fetch -> new RunNote.Ended(fetch.attempt(), Duration.between(fetch.at(), now)))
            .toList(),
        throttled);
  }

  /** In the order in which they were found, and worked out once for all notes of a look. */
  private List<String> problems() {
    List<String> lines = problems.stream().flatMap(some -> some.get().stream()).distinct().toList();
    problems.clear();
    problems.add(() -> lines);
    return lines;
  }

  /** The store has written it down. */
  synchronized void told(RunNote note) {
    note.seen().ifPresent(seen -> told = Optional.of(seen));
    note.ended().stream()
        .map(RunNote.Ended::attempt)
        .forEach(attempt -> untold.removeIf(fetch -> fetch.attempt() == attempt));
  }
}
