package org.purgatory.sync.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.Attempt;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.SyncStatus.Tried;

/**
 * What runs tell, as text that the scripts only pass on (notes.lua): a line of two arrays for what
 * was seen, the missing objects and the problems, and a line of an array for each attempt. A line
 * that cannot be read says nothing: status need not be right, but it has to be there.
 *
 * @param seen what a run saw last
 * @param attempts the last fetches, newest first
 */
record NotesText(RunNote.Seen seen, List<Tried> attempts) {

  private static final RunNote.Seen NOTHING = new RunNote.Seen(List.of(), List.of());

  /** What goes into a script that notes something. */
  static List<String> arguments(RunNote note) {
    List<String> arguments = new ArrayList<>();
    arguments.add(note.throttled() ? "1" : "0");
    arguments.add(note.seen().map(NotesText::text).orElse(""));
    for (RunNote.Ended ended : note.ended()) {
      arguments.add(Micros.of(ended.ago()));
      arguments.add(text(ended.attempt()));
    }
    return arguments;
  }

  private static String text(RunNote.Seen seen) {
    return JsonLists.write(
        List.of(seen.missing().stream().map(Oid::hex).toList(), seen.problems()));
  }

  private static String text(Attempt attempt) {
    return JsonLists.write(
        List.of(
            List.of(
                attempt.url().value(),
                attempt.outcome(),
                attempt.detail(),
                String.valueOf(attempt.oidsFetched()))));
  }

  static NotesText read(String text) {
    String[] lines = text.split("\n");
    List<Tried> attempts = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      try {
        attempts.add(attempt(lines[i]));
      } catch (IllegalArgumentException e) {
        continue;
      }
    }
    return new NotesText(seen(lines[0]), attempts);
  }

  private static RunNote.Seen seen(String line) {
    try {
      List<List<String>> lists = line.isEmpty() ? List.of() : JsonLists.read(line);
      return lists.size() < 2
          ? NOTHING
          : new RunNote.Seen(lists.get(0).stream().map(Oid::new).toList(), lists.get(1));
    } catch (IllegalArgumentException e) {
      return NOTHING;
    }
  }

  private static Tried attempt(String line) {
    String[] parts = line.split(" ", 2);
    List<String> texts = JsonLists.read(parts[parts.length - 1]).get(0);
    Instant at = Micros.instant(Long.parseLong(parts[0]));
    return new Tried(
        new Attempt(
            CloneUrl.parse(texts.get(0)),
            texts.get(1),
            texts.get(2),
            Integer.parseInt(texts.get(3))),
        at);
  }
}
