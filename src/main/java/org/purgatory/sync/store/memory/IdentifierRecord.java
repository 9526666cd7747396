package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/**
 * What the store holds of one identifier.
 *
 * <p>Invariants: {@code entry} is there exactly while events wait or a run is in progress; {@code
 * leaseUntil} and {@code begun} count only while the entry is in progress; {@code notes} are empty
 * without an entry.
 */
final class IdentifierRecord {

  private record Slot(Class<?> type, PublicKey author) {}

  final RepositoryIdentifier identifier;
  Optional<QueueEntry> entry = Optional.empty();
  long fencingToken;
  Instant leaseUntil = Instant.MIN;

  /** What the run in progress is applying. */
  final Set<EventId> begun = new HashSet<>();

  /**
   * Events that entered until then may expire: later than the first one, if that was being applied
   * when it was looked at last. Null for when the first one entered.
   */
  Instant expiresUntil;

  RunNotesSoFar notes = new RunNotesSoFar();

  private final int mostKnown;
  private final Map<EventId, RepositoryIdentifier> homes;
  private final Map<EventId, PendingEvent> pending = new LinkedHashMap<>();
  private final Map<Slot, GitEvent> known = new LinkedHashMap<>();

  /** Makes an empty record that writes into {@code homes} where its pending events are. */
  IdentifierRecord(
      RepositoryIdentifier identifier, int mostKnown, Map<EventId, RepositoryIdentifier> homes) {
    this.identifier = identifier;
    this.mostKnown = mostKnown;
    this.homes = homes;
  }

  /** The events that wait, in order of arrival. */
  Map<EventId, PendingEvent> pending() {
    return Collections.unmodifiableMap(pending);
  }

  void admit(PendingEvent event) {
    pending.put(event.id(), event);
    homes.put(event.id(), identifier);
  }

  void remove(Collection<EventId> events) {
    for (EventId id : events) {
      pending.remove(id);
      homes.remove(id);
      begun.remove(id);
    }
    expiresUntil = null;
  }

  /**
   * Learns what the relay serves. Only the newest of each author and kind counts (NIP-01). Anybody
   * can announce any identifier, so newcomers are passed over when there are too many authors.
   *
   * @return whether it counts, or one that is newer; false if it was passed over
   */
  boolean learn(GitEvent event) {
    Slot slot = new Slot(event.getClass(), event.author());
    boolean replaceable = event instanceof Announcement || event instanceof RepositoryState;
    boolean counts = replaceable && (known.containsKey(slot) || known.size() < mostKnown);
    if (counts) {
      known.merge(slot, event, BinaryOperator.maxBy(GitEvent.REPLACEMENT_ORDER));
    }
    return counts;
  }

  List<GitEvent> known() {
    return new ArrayList<>(known.values());
  }

  /** The announcement of an author that the relay serves. */
  Optional<GitEvent> knownAnnouncementOf(PublicKey author) {
    return Optional.ofNullable(known.get(new Slot(Announcement.class, author)));
  }

  boolean isRunning() {
    return entry.filter(QueueEntry::inProgress).isPresent();
  }

  /** Whether a claim is still the one that holds the identifier. */
  boolean isHeldBy(Claim claim, Instant now) {
    return fencingToken == claim.fencingToken() && isHeld(now);
  }

  /** A run applies nothing any more, so that all may expire again. */
  void endApplying() {
    notes.throttled = false;
    if (!begun.isEmpty()) {
      begun.clear();
      expiresUntil = null;
    }
  }

  /** Whether a run is applying the event, so that it can neither be withdrawn nor expire. */
  boolean isBegun(EventId event, Instant now) {
    return begun.contains(event) && isHeld(now);
  }

  private boolean isHeld(Instant now) {
    return isRunning() && leaseUntil.isAfter(now);
  }

  /** When the identifier may be claimed: when it is due, or when its run's lease ends. */
  Instant claimableAt() {
    return isRunning() ? leaseUntil : entry.map(QueueEntry::nextAttempt).orElse(Instant.MAX);
  }
}
