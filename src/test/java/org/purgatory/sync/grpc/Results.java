package org.purgatory.sync.grpc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

/** Results that nothing but their identifier and size matters of. */
final class Results {

  private static final Oid SOME_OID = new Oid("a".repeat(40));

  private Results() {}

  static SyncResult of(String identifier) {
    return withRefs(identifier, 0);
  }

  /** A result whose message is about 10 KB. */
  static SyncResult large(String identifier) {
    return withRefs(identifier, 90);
  }

  private static SyncResult withRefs(String identifier, int count) {
    List<RefChange> refs =
        IntStream.range(0, count)
            .mapToObj(i -> new RefName("refs/heads/branch-" + i))
            .map(name -> new RefChange(name, Optional.empty(), Optional.of(SOME_OID)))
            .toList();
    return new SyncResult(
        new RepositoryIdentifier(identifier),
        SyncOutcome.SATISFIED,
        List.of(new ReleasedEvent(new EventId("e".repeat(64)), 30618, Duration.ofSeconds(3), "")),
        List.of(new RepositoryChange("alice/repo.git", refs, Optional.empty())),
        1,
        Instant.EPOCH,
        List.of());
  }
}
