package org.purgatory.sync.git;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.NostrEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RefTarget;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.WantedRefs;

/** Events as they are once they have been read and checked. */
final class Events {

  static final String STATE_ID = "5".repeat(64);

  private static final RepositoryIdentifier IDENTIFIER = new RepositoryIdentifier("project");

  private Events() {}

  /** Names and values in turn; a value that is no object id makes the ref symbolic. */
  static RepositoryState state(String head, String... refs) {
    return state(STATE_ID, 1_700_000_000, head, refs);
  }

  /** A state of a certain time. */
  static RepositoryState state(String id, long createdAt, String head, String... refs) {
    SortedMap<RefName, RefTarget> targets = new TreeMap<>();
    for (int i = 0; i < refs.length; i += 2) {
      boolean symbolic = refs[i + 1].startsWith("ref: ");
      targets.put(
          new RefName(refs[i]), symbolic ? RefTarget.SYMBOLIC : RefTarget.at(new Oid(refs[i + 1])));
    }
    return new RepositoryState(
        event(id, createdAt, RepositoryState.KIND),
        IDENTIFIER,
        targets,
        Optional.ofNullable(head).map(RefName::new));
  }

  static PullRequest pullRequest(String id, String tip) {
    return new PullRequest(
        event(id, 1_700_000_000, PullRequest.KIND),
        IDENTIFIER,
        Set.of(Fixture.ALICE),
        new Oid(tip),
        List.of(),
        List.of());
  }

  static WantedRefs wanted(RepositoryState state) {
    return new WantedRefs(Optional.of(state), false, List.of());
  }

  static WantedRefs wanted(PullRequest... requests) {
    return new WantedRefs(Optional.empty(), false, List.of(requests));
  }

  private static NostrEvent event(String id, long createdAt, int kind) {
    return new NostrEvent(
        new EventId(id), Fixture.ALICE, createdAt, kind, List.of(), "", "0".repeat(128));
  }
}
