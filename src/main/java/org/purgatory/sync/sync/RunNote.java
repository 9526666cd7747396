package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.Oid;

/**
 * What a run has to tell those who ask for the status of its identifier, since it last told.
 *
 * @param seen what it saw last, if that has changed
 * @param ended the fetches that ended, the oldest first
 * @param throttled whether the run waits for a domain's permit now
 */
public record RunNote(Optional<Seen> seen, List<Ended> ended, boolean throttled) {

  /** How many missing objects are told. */
  public static final int MOST_MISSING = 1000;

  /** How many fetches are remembered with an identifier. */
  public static final int MOST_ATTEMPTS = 20;

  /** How many problems are told. */
  public static final int MOST_PROBLEMS = 60;

  private static final int LONGEST_PROBLEM = 500;

  /** Nothing new, and the run is not waiting. */
  public static final RunNote NOTHING = new RunNote(Optional.empty(), List.of(), false);

  /** Copies the list, and keeps the last of too many. */
  public RunNote {
    ended = List.copyOf(ended.subList(Math.max(0, ended.size() - MOST_ATTEMPTS), ended.size()));
  }

  /**
   * What a run saw when it last looked.
   *
   * @param missing objects that are not here, the first ones of many
   * @param problems what else keeps events waiting, a line for a person each
   */
  public record Seen(List<Oid> missing, List<String> problems) {
    /** Copies the lists, and keeps the first of too many. */
    public Seen {
      missing = missing.stream().limit(MOST_MISSING).toList();
      problems =
          problems.stream()
              .limit(MOST_PROBLEMS)
              .map(line -> OneLine.of(line, LONGEST_PROBLEM))
              .toList();
    }
  }

  /**
   * A fetch that ended.
   *
   * @param attempt what came of it
   * @param ago how long ago it ended
   */
  public record Ended(Attempt attempt, Duration ago) {}
}
