package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * All identifiers that the store knows of, with the indexes that find the next one due, the first
 * to expire and those that only linger. Not thread-safe.
 *
 * <p>Invariants: a record with a queue entry is in {@code due}, under the time at which it may be
 * claimed, and not in {@code idle}; one without is in {@code idle} only. A record with pending
 * events is in {@code oldest} under the time of its first one. There are at most as many records as
 * identifiers are allowed.
 */
final class Catalogue {

  private record At(Instant time, RepositoryIdentifier identifier) {}

  private static final Comparator<At> BY_TIME =
      Comparator.comparing(At::time).thenComparing(At::identifier);

  private final int most;
  private final int mostKnownEach;
  private final Map<RepositoryIdentifier, IdentifierRecord> records = new LinkedHashMap<>();
  private final TreeSet<At> due = new TreeSet<>(BY_TIME);
  private final TreeSet<At> oldest = new TreeSet<>(BY_TIME);
  private final Map<RepositoryIdentifier, Instant> idle = new LinkedHashMap<>();

  Catalogue(int most, int mostKnownEach) {
    this.most = most;
    this.mostKnownEach = mostKnownEach;
  }

  Optional<IdentifierRecord> find(RepositoryIdentifier identifier) {
    return Optional.ofNullable(records.get(identifier));
  }

  /** Changes a record, which is created if need be, and keeps the indexes right. */
  void update(RepositoryIdentifier identifier, Instant now, Consumer<IdentifierRecord> change) {
    IdentifierRecord record = records.get(identifier);
    if (record == null) {
      makeRoom();
      record = new IdentifierRecord(identifier, mostKnownEach);
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
      records.remove(next.getKey());
    }
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
      boolean busy = !record.pending.isEmpty() || record.isRunning();
      require(record.entry.isPresent() == busy, "queued exactly while events wait or a run is on");
      require(busy == due.contains(dueAt(record)), "due at the wrong time");
      require(busy != idle.containsKey(record.identifier), "idle though busy, or the reverse");
    }
    long waiting = records.values().stream().filter(r -> !r.pending.isEmpty()).count();
    require(waiting == oldest.size(), "expiry misses a record");
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
      records.remove(longest);
    }
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
    }
    oldestAt(record).ifPresent(oldest::add);
  }

  private static At dueAt(IdentifierRecord record) {
    return new At(record.claimableAt(), record.identifier);
  }

  private static Optional<At> oldestAt(IdentifierRecord record) {
    // In the order of arrival, so the first one waits longest.
    return record.pending.values().stream()
        .findFirst()
        .map(event -> new At(event.enteredAt(), record.identifier));
  }
}
