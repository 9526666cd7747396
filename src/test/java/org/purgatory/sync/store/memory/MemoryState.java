package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.store.StoreState;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.ResultLog;

/** Looks into the embedded store. */
public final class MemoryState {

  private MemoryState() {}

  /** Checks the store's invariants. */
  public static void check(MemorySyncStore store) {
    store.checkInvariants();
  }

  /** All that counts at a time of what the store holds, after its invariants were checked. */
  public static StoreState of(MemorySyncStore store, StoreState.ClaimNames names, Instant now) {
    store.checkInvariants();
    Map<String, List<String>> parts = new TreeMap<>();
    parts.put("queue", queue(store, names, now));
    parts.put("pending", pending(store));
    parts.put("known", known(store));
    parts.put(
        "idle",
        store.catalogue().idle().entrySet().stream()
            .map(e -> e.getKey() + " " + millis(e.getValue()))
            .toList());
    parts.put(
        "expired",
        store.expired().all().entrySet().stream()
            .map(e -> e.getKey() + " " + millis(e.getValue()))
            .toList());
    parts.put(
        "dormant",
        store.catalogue().dormant().all().entrySet().stream()
            .map(e -> e.getKey() + " " + millis(e.getValue()))
            .toList());
    parts.put("satisfied", store.log().satisfied().stream().map(EventId::hex).sorted().toList());
    parts.put(
        "consumers",
        store.log().places().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue().token())
            .toList());
    ResultLog.Bounds bounds = store.log().bounds().toCompletableFuture().join();
    parts.put("bounds", List.of(bounds.oldest().token(), bounds.newest().token()));
    parts.put("results", List.of(String.valueOf(store.log().size())));
    return new StoreState(parts);
  }

  private static List<String> queue(
      MemorySyncStore store, StoreState.ClaimNames names, Instant now) {
    List<String> lines = new ArrayList<>();
    for (IdentifierRecord record : store.catalogue().all()) {
      if (record.entry.isPresent()) {
        QueueEntry entry = record.entry.get();
        lines.add(
            StoreState.entry(
                record.identifier.value(),
                micros(entry.nextAttempt()),
                entry.attemptCount(),
                entry.inProgress(),
                entry.dueAgain().map(MemoryState::micros).orElse(-1L),
                entry.inProgress() ? names.apply(record.fencingToken) : "none",
                micros(record.claimableAt()),
                record.begun.stream()
                    .filter(id -> record.isBegun(id, now))
                    .map(EventId::hex)
                    .collect(Collectors.toCollection(TreeSet::new))));
      }
    }
    return lines.stream().sorted().toList();
  }

  private static List<String> pending(MemorySyncStore store) {
    List<String> lines = new ArrayList<>();
    for (IdentifierRecord record : store.catalogue().all()) {
      StringBuilder line = new StringBuilder(record.identifier.value());
      for (PendingEvent event : record.pending().values()) {
        line.append(" %s@%d".formatted(event.id(), micros(event.enteredAt())));
      }
      if (!record.pending().isEmpty()) {
        lines.add(line.toString());
      }
    }
    return lines.stream().sorted().toList();
  }

  private static List<String> known(MemorySyncStore store) {
    List<String> lines = new ArrayList<>();
    for (IdentifierRecord record : store.catalogue().all()) {
      StringBuilder line = new StringBuilder(record.identifier.value());
      List<GitEvent> known = record.known();
      known.forEach(event -> line.append(' ').append(event.id()));
      if (!known.isEmpty()) {
        lines.add(line.toString());
      }
    }
    return lines.stream().sorted().toList();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static long millis(Instant time) {
    return time.toEpochMilli();
  }
}
