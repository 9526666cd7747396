package org.purgatory.sync.store.redis;

import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.testkit.SampleEvents;

/** The few events of the differential test, of every kind, some of which replace each other. */
final class SampleStock {

  static final int IDENTIFIERS = 6;
  static final int SIZE = 48;

  /** An event that nobody ever hands in. */
  static final EventId NOT_THERE = SampleEvents.state(9999, user(1), "x").id();

  private static final List<GitEvent> EVENTS = make();

  private SampleStock() {}

  static RepositoryIdentifier identifier(int number) {
    return new RepositoryIdentifier("i" + number);
  }

  static List<GitEvent> events(List<Integer> numbers) {
    return numbers.stream().map(EVENTS::get).toList();
  }

  static List<GitEvent> of(RepositoryIdentifier identifier) {
    return EVENTS.stream().filter(event -> event.identifier().equals(identifier)).toList();
  }

  /** The events of an identifier whose bits are set; for the others one that is not there. */
  static List<EventId> choice(RepositoryIdentifier identifier, int bits) {
    List<EventId> ids = new ArrayList<>();
    for (GitEvent event : of(identifier)) {
      ids.add((bits & 1 << ids.size()) != 0 ? event.id() : NOT_THERE);
    }
    if ((bits & 1) == 0) {
      Collections.reverse(ids);
    }
    return ids;
  }

  private static List<GitEvent> make() {
    List<GitEvent> events = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      int id = i + 1;
      int author = 1 + i / IDENTIFIERS % 4;
      String repo = identifier(i % IDENTIFIERS).value();
      events.add(
          switch (i % 5) {
            case 0 -> pullRequest(id, user(author), user(1), repo, oid(1), "https://a.example/r");
            case 1 -> announcement(id, user(author), repo, "https://b.example/" + i);
            // Made at the same time as others of the author, so that ids decide.
            default -> state(id, i % 2, user(author % 2 + 1), repo, oid(2));
          });
    }
    return List.copyOf(events);
  }
}
