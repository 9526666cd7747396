package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.Work;

/**
 * What the store holds of one identifier.
 *
 * <p>Invariants: {@code entry} is there exactly while events wait or a run is in progress; {@code
 * leaseUntil} counts only while the entry is in progress.
 */
final class IdentifierRecord {

  private record Slot(Class<?> type, PublicKey author) {}

  final RepositoryIdentifier identifier;
  final Map<EventId, PendingEvent> pending = new LinkedHashMap<>();
  Optional<QueueEntry> entry = Optional.empty();
  long fencingToken;
  Instant leaseUntil = Instant.MIN;

  private final int mostKnown;
  private final Map<Slot, GitEvent> known = new LinkedHashMap<>();

  IdentifierRecord(RepositoryIdentifier identifier, int mostKnown) {
    this.identifier = identifier;
    this.mostKnown = mostKnown;
  }

  /**
   * Learns what the relay serves. Only the newest of each author and kind counts (NIP-01). Anybody
   * can announce any identifier, so newcomers are passed over when there are too many authors.
   */
  void learn(GitEvent event) {
    Slot slot = new Slot(event.getClass(), event.author());
    boolean replaceable = event instanceof Announcement || event instanceof RepositoryState;
    if (replaceable && (known.containsKey(slot) || known.size() < mostKnown)) {
      known.merge(slot, event, BinaryOperator.maxBy(GitEvent.REPLACEMENT_ORDER));
    }
  }

  Work work() {
    return new Work(List.copyOf(pending.values()), new ArrayList<>(known.values()));
  }

  boolean isRunning() {
    return entry.filter(QueueEntry::inProgress).isPresent();
  }

  /** Whether a claim is still the one that holds the identifier. */
  boolean isHeldBy(Claim claim, Instant now) {
    return isRunning() && fencingToken == claim.fencingToken() && leaseUntil.isAfter(now);
  }

  /** When the identifier may be claimed: when it is due, or when its run's lease ends. */
  Instant claimableAt() {
    return isRunning() ? leaseUntil : entry.map(QueueEntry::nextAttempt).orElse(Instant.MAX);
  }
}
