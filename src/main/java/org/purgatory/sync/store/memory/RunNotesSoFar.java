package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.SyncStatus.Tried;

/** What the runs of an identifier have told since it came into the queue. */
final class RunNotesSoFar {

  static final RunNote.Seen NOTHING_SEEN = new RunNote.Seen(List.of(), List.of());

  private RunNote.Seen seen = NOTHING_SEEN;
  private final Deque<Tried> newestFirst = new ArrayDeque<>();

  /** Whether the run in progress waits for a permit. */
  boolean throttled;

  void add(RunNote note, Instant now) {
    throttled = note.throttled();
    seen = note.seen().orElse(seen);
    for (RunNote.Ended ended : note.ended()) {
      newestFirst.addFirst(new Tried(ended.attempt(), now.minus(ended.ago())));
    }
    while (newestFirst.size() > RunNote.MOST_ATTEMPTS) {
      newestFirst.removeLast();
    }
  }

  RunNote.Seen seen() {
    return seen;
  }

  List<Tried> lastAttempts() {
    return List.copyOf(newestFirst);
  }
}
