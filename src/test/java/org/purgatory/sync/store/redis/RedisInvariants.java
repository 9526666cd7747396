package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.purgatory.sync.store.redis.RedisState.Waiting;
import org.purgatory.sync.sync.QueueSettings;

/** Holds the invariants of DESIGN section 11, and those of each key, against what Redis holds. */
final class RedisInvariants {

  private final RedisState state;

  RedisInvariants(RedisState state) {
    this.state = state;
  }

  void check(String where, QueueSettings settings) {
    assertThat(state.keys)
        .as(where)
        .allMatch(k -> k.startsWith("purgatory:{g}:") || k.startsWith("test:"));
    checkQueue(settings);
    checkEvents();
    checkKnown(settings);
    checkResults();
    assertThat(new TreeSet<>(state.places.keySet()))
        .isEqualTo(new TreeSet<>(state.consumers.keySet()));
    List<Long> stamps = new ArrayList<>();
    stamps.addAll(state.idle.values());
    stamps.addAll(state.expired.values());
    stamps.addAll(state.asleep.values());
    stamps.addAll(state.consumers.values());
    state.pending.forEach(event -> stamps.add(event.stamp()));
    assertThat(stamps).as("stamps").doesNotHaveDuplicates();
    assertThat(stamps).allMatch(stamp -> stamp <= Long.parseLong(state.meta.get("stamp")));
  }

  private void checkQueue(QueueSettings settings) {
    Set<String> busy = new TreeSet<>();
    state.pending.forEach(event -> busy.add(event.identifier()));
    state.entries.forEach(
        (identifier, entry) -> {
          if (entry.running()) {
            busy.add(identifier);
          } else {
            assertThat(entry.again()).as("due again only during a run").isNegative();
            assertThat(entry.begun()).as("applied only during a run").isEmpty();
          }
        });
    assertThat(state.entries.keySet())
        .as("queued exactly while events wait or a run is on")
        .isEqualTo(busy);
    Map<String, Long> claimable = new TreeMap<>();
    state.entries.forEach((identifier, entry) -> claimable.put(identifier, entry.claimable()));
    assertThat(new TreeMap<>(state.due)).as("due at the right time").isEqualTo(claimable);
    checkApart("idle and queued", state.idle.keySet(), busy);
    assertThat(busy).as("noted of who is not queued").containsAll(state.notes.keySet());
    assertThat(state.due.size() + state.idle.size())
        .as("identifiers")
        .isLessThanOrEqualTo(settings.maxIdentifiers());
  }

  private void checkEvents() {
    List<String> ids = state.pending.stream().map(Waiting::id).toList();
    assertThat(ids).doesNotHaveDuplicates();
    Set<String> stored = new TreeSet<>(ids);
    stored.addAll(state.asleep.keySet());
    assertThat(stored).as("events").isEqualTo(new TreeSet<>(state.events.keySet()));
    Map<String, Long> first = new TreeMap<>();
    state.pending.forEach(event -> first.putIfAbsent(event.identifier(), event.entered()));
    assertThat(state.oldest.keySet()).as("expiry").isEqualTo(first.keySet());
    first.forEach(
        (identifier, entered) -> {
          if (state.entries.get(identifier).begun().isEmpty()) {
            assertThat(state.oldest).as("expiry").containsEntry(identifier, entered);
          } else {
            assertThat(state.oldest.get(identifier)).as("expiry").isGreaterThanOrEqualTo(entered);
          }
        });
    checkApart("expired and pending", state.expired.keySet(), ids);
    checkApart("satisfied and pending", state.satisfied, ids);
    checkApart("dormant and pending", state.asleep.keySet(), ids);
    Set<String> sleeping = new TreeSet<>();
    for (String member : state.dormant) {
      sleeping.add(member.split("\0")[1].split(" ")[1]);
    }
    assertThat(sleeping).as("dormant").isEqualTo(new TreeSet<>(state.asleep.keySet()));
  }

  private static void checkApart(String what, Collection<String> some, Collection<String> others) {
    assertThat(Collections.disjoint(some, others)).as(what).isTrue();
  }

  private void checkKnown(QueueSettings settings) {
    assertThat(state.slots).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(state.slots))
        .as("known")
        .isEqualTo(new TreeSet<>(state.known.keySet()));
    Map<String, Integer> counts = new TreeMap<>();
    state.slots.forEach(slot -> counts.merge(slot.split("\0")[0], 1, Integer::sum));
    assertThat(counts.values()).allMatch(count -> count <= settings.maxEventsPerIdentifier());
    Set<String> remembered = new LinkedHashSet<>(state.due.keySet());
    remembered.addAll(state.idle.keySet());
    state.dormant.forEach(member -> counts.merge(member.split("\0")[0], 0, Integer::sum));
    assertThat(remembered).as("known of nobody").containsAll(counts.keySet());
  }

  private void checkResults() {
    Set<String> kept = new TreeSet<>();
    for (Map<String, String> result : state.results.values()) {
      if (result.get("outcome").equals("SATISFIED")) {
        for (String event : result.get("released").split(",")) {
          kept.add(event.split(":")[0]);
        }
      }
    }
    assertThat(state.satisfied).as("satisfied by the results that are kept").isEqualTo(kept);
    List<String> positions = List.copyOf(state.results.keySet());
    if (!positions.isEmpty()) {
      assertThat(state.meta.get("newest")).isEqualTo(positions.get(positions.size() - 1));
      assertThat(StoredResults.position(positions.get(0)))
          .isGreaterThan(StoredResults.position(state.meta.get("trimmed")));
    }
  }
}
