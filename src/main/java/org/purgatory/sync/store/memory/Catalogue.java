package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Work;

/**
 * All identifiers that the store knows of, with the indexes that find the next one due, the first
 * to expire and those that only linger. Not thread-safe.
 *
 * <p>Invariants: a record with a queue entry is in {@code due}, under the time at which it may be
 * claimed, and not in {@code idle}; one without is in {@code idle} only. A record with pending
 * events is in {@code oldest} under the time of its first one, in {@code waiting}, and those events
 * are in {@code homes}. Dormant announcements belong to identifiers that have a record. There are
 * at most as many records as identifiers are allowed.
 */
final class Catalogue {

  private record At(Instant time, RepositoryIdentifier identifier) {}

  private static final Comparator<At> BY_TIME =
      Comparator.comparing(At::time).thenComparing(At::identifier);

  private final int most;
  private final int mostOfEach;
  private final Map<RepositoryIdentifier, IdentifierRecord> records = new LinkedHashMap<>();
  private final TreeSet<At> due = new TreeSet<>(BY_TIME);
  private final TreeSet<At> oldest = new TreeSet<>(BY_TIME);
  private final TreeSet<RepositoryIdentifier> waiting = new TreeSet<>();
  private final Map<EventId, RepositoryIdentifier> homes = new HashMap<>();
  private final Map<RepositoryIdentifier, Instant> idle = new LinkedHashMap<>();
  private final DormantAnnouncements dormant;

  Catalogue(int most, int mostOfEach) {
    this.most = most;
    this.mostOfEach = mostOfEach;
    this.dormant = new DormantAnnouncements(mostOfEach);
  }

  DormantAnnouncements dormant() {
    return dormant;
  }

  /** The identifier in whose queue an event waits. */
  Optional<RepositoryIdentifier> homeOf(EventId event) {
    return Optional.ofNullable(homes.get(event));
  }

  /** The records with pending events whose identifiers come behind one; all if there is none. */
  Iterable<IdentifierRecord> waitingAfter(Optional<RepositoryIdentifier> after) {
    Collection<RepositoryIdentifier> behind =
        after.<Collection<RepositoryIdentifier>>map(a -> waiting.tailSet(a, false)).orElse(waiting);
    return () -> behind.stream().map(records::get).iterator();
  }

  /** Learns what the relay serves, be it new to the identifier or not. */
  void learn(GitEvent event, Instant now) {
    update(
        event.identifier(),
        now,
        record -> {
          if (record.learn(event) && event instanceof Announcement announcement) {
            dormant.replacedBy(announcement);
          }
        });
  }

  Work workOf(IdentifierRecord record) {
    return new Work(
        List.copyOf(record.pending().values()),
        record.known(),
        dormant.of(record.identifier).map(PendingEvent::event).toList());
  }

  Optional<IdentifierRecord> find(RepositoryIdentifier identifier) {
    return Optional.ofNullable(records.get(identifier));
  }

  /** Changes a record, which is created if need be, and keeps the indexes right. */
  void update(RepositoryIdentifier identifier, Instant now, Consumer<IdentifierRecord> change) {
    IdentifierRecord record = records.get(identifier);
    if (record == null) {
      makeRoom();
      record = new IdentifierRecord(identifier, mostOfEach, homes);
      records.put(identifier, record);
    } else {
      unindex(record);
    }
    change.accept(record);
    index(record, now);
  }

  /** Whether so many identifiers fit in, if those that only linger make room. */
  boolean hasRoomFor(Collection<RepositoryIdentifier> identifiers) {
    long newlyBusy =
        identifiers.stream()
            .filter(i -> find(i).filter(r -> r.entry.isPresent()).isEmpty())
            .count();
    return queued() + newlyBusy <= most;
  }

  /** The record that may be claimed first, whether or not its time has come. */
  Optional<IdentifierRecord> firstClaimable() {
    return due.isEmpty() ? Optional.empty() : find(due.first().identifier());
  }

  /** The records with events that came in at a time or before. */
  List<IdentifierRecord> withEventsBefore(Instant time) {
    List<IdentifierRecord> found = new ArrayList<>();
    for (At at : oldest) {
      if (at.time().isAfter(time)) {
        break;
      }
      found.add(records.get(at.identifier()));
    }
    return found;
  }

  /** Drops what has lingered since before a time. */
  void dropIdleBefore(Instant time) {
    Iterator<Map.Entry<RepositoryIdentifier, Instant>> longestFirst = idle.entrySet().iterator();
    while (longestFirst.hasNext()) {
      Map.Entry<RepositoryIdentifier, Instant> next = longestFirst.next();
      if (!next.getValue().isBefore(time)) {
        return;
      }
      longestFirst.remove();
      forget(next.getKey());
    }
  }

  /** Lets a run apply those of some events that wait or are dormant. */
  Set<EventId> begin(IdentifierRecord record, Collection<EventId> events, Instant now) {
    Set<EventId> waiting =
        dormant.of(record.identifier).map(PendingEvent::id).collect(Collectors.toSet());
    waiting.addAll(record.pending().keySet());
    waiting.retainAll(Set.copyOf(events));
    update(record.identifier, now, r -> r.begun.addAll(waiting));
    return waiting;
  }

  /** How many identifiers are in the queue. */
  int queued() {
    return due.size();
  }

  /** All records, for tests. */
  Collection<IdentifierRecord> all() {
    return Collections.unmodifiableCollection(records.values());
  }

  /** Who lingers, since when, the longest first. For tests. */
  Map<RepositoryIdentifier, Instant> idle() {
    return Collections.unmodifiableMap(idle);
  }

  void checkInvariants() {
    require(records.size() <= most, "more records than identifiers are allowed");
    require(due.size() + idle.size() == records.size(), "a record is in no index or in two");
    for (IdentifierRecord record : records.values()) {
      boolean busy = !record.pending().isEmpty() || record.isRunning();
      require(record.entry.isPresent() == busy, "queued exactly while events wait or a run is on");
      require(busy == due.contains(dueAt(record)), "due at the wrong time");
      require(busy != idle.containsKey(record.identifier), "idle though busy, or the reverse");
      require(record.isRunning() || record.begun.isEmpty(), "applied without a run");
      require(
          record.pending().keySet().stream().allMatch(i -> homes.get(i) == record.identifier),
          "an event is at home elsewhere");
    }
    long withEvents = records.values().stream().filter(r -> !r.pending().isEmpty()).count();
    require(withEvents == oldest.size(), "expiry misses a record");
    require(withEvents == waiting.size(), "a list misses a record");
    int events = records.values().stream().mapToInt(r -> r.pending().size()).sum();
    require(events == homes.size(), "an event's home is not known, or outlives it");
    int asleep = records.keySet().stream().mapToInt(i -> (int) dormant.of(i).count()).sum();
    require(asleep == dormant.all().size(), "dormant for an identifier that is forgotten");
    require(
        dormant.all().keySet().stream().noneMatch(homes::containsKey), "both dormant and pending");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private void makeRoom() {
    if (records.size() >= most && !idle.isEmpty()) {
      RepositoryIdentifier longest = idle.keySet().iterator().next();
      idle.remove(longest);
      forget(longest);
    }
  }

  private void forget(RepositoryIdentifier identifier) {
    records.remove(identifier);
    dormant.forget(identifier);
  }

  private void unindex(IdentifierRecord record) {
    due.remove(dueAt(record));
    idle.remove(record.identifier);
    oldestAt(record).ifPresent(oldest::remove);
  }

  private void index(IdentifierRecord record, Instant now) {
    if (record.entry.isPresent()) {
      due.add(dueAt(record));
    } else {
      idle.put(record.identifier, now);
      record.begun.clear();
      record.notes = new RunNotesSoFar();
    }
    if (record.pending().isEmpty()) {
      waiting.remove(record.identifier);
    } else {
      waiting.add(record.identifier);
    }
    oldestAt(record).ifPresent(oldest::add);
  }

  private static At dueAt(IdentifierRecord record) {
    return new At(record.claimableAt(), record.identifier);
  }

  private static Optional<At> oldestAt(IdentifierRecord record) {
    // In the order of arrival, so the first one waits longest.
    return record.pending().values().stream()
        .findFirst()
        .map(event -> record.expiresUntil == null ? event.enteredAt() : record.expiresUntil)
        .map(time -> new At(time, record.identifier));
  }
}
