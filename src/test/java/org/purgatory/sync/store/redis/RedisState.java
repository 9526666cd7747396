package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.purgatory.sync.nostr.EventJson;
import org.purgatory.sync.store.StoreState;
import org.purgatory.sync.sync.QueueSettings;

/** All that Redis holds of the group {@code g}, as plain as it stands there. */
final class RedisState {

  /** One round trip, so that the differential test can look after each operation. */
  private static final String DUMP =
      """
      local g = 'purgatory:{g}:'
      return {
        redis.call('ZRANGE', g .. 'due', 0, -1, 'WITHSCORES'),
        redis.call('HGETALL', g .. 'entries'),
        redis.call('ZRANGE', g .. 'pending', 0, -1),
        redis.call('HGETALL', g .. 'events'),
        redis.call('ZRANGE', g .. 'oldest', 0, -1, 'WITHSCORES'),
        redis.call('ZRANGE', g .. 'slots', 0, -1),
        redis.call('HGETALL', g .. 'known'),
        redis.call('ZRANGE', g .. 'idle', 0, -1, 'WITHSCORES'),
        redis.call('ZRANGE', g .. 'expired', 0, -1, 'WITHSCORES'),
        redis.call('SMEMBERS', g .. 'satisfied'),
        redis.call('XRANGE', g .. 'results', '-', '+'),
        redis.call('HGETALL', g .. 'places'),
        redis.call('ZRANGE', g .. 'consumers', 0, -1, 'WITHSCORES'),
        redis.call('HGETALL', g .. 'meta'),
        redis.call('KEYS', '*')
      }
      """;

  /** A pending event as the queue holds it. */
  record Waiting(String identifier, long stamp, String id, long entered, int kind) {

    static Waiting of(String member) {
      String[] parts = member.split("\0");
      String[] facts = parts[1].split(" ");
      return new Waiting(
          parts[0],
          Long.parseLong(facts[0]),
          facts[1],
          Long.parseLong(facts[2]),
          Integer.parseInt(facts[3]));
    }
  }

  /** An entry as the queue holds it. A negative time stands for none. */
  record Entry(long next, int attempts, boolean running, long again, long token, long lease) {

    static Entry of(String text) {
      String[] parts = text.split(" ");
      return new Entry(
          Long.parseLong(parts[0]),
          Integer.parseInt(parts[1]),
          parts[2].equals("1"),
          parts[3].equals("-") ? -1 : Long.parseLong(parts[3]),
          Long.parseLong(parts[4]),
          Long.parseLong(parts[5]));
    }

    long claimable() {
      return running ? lease : next;
    }
  }

  final Map<String, Long> due;
  final Map<String, Entry> entries = new TreeMap<>();
  final List<Waiting> pending;
  final Map<String, String> events;
  final Map<String, Long> oldest;

  /** The fields of {@code known}, each identifier's in order. */
  final List<String> slots;

  final Map<String, String> known;
  final Map<String, Long> idle;
  final Map<String, Long> expired;
  final Set<String> satisfied;

  /** The fields of each result by its position. */
  final Map<String, Map<String, String>> results = new LinkedHashMap<>();

  final Map<String, String> places;
  final Map<String, Long> consumers;
  final Map<String, String> meta;
  final Set<String> keys;

  static RedisState read(RedisStage stage) {
    return new RedisState((List<?>) stage.call("EVAL", DUMP, "0"));
  }

  private RedisState(List<?> dump) {
    due = scores(dump.get(0));
    map(dump.get(1)).forEach((identifier, text) -> entries.put(identifier, Entry.of(text)));
    pending = texts(dump.get(2)).stream().map(Waiting::of).toList();
    events = map(dump.get(3));
    oldest = scores(dump.get(4));
    slots = texts(dump.get(5)).stream().map(m -> m.replaceFirst("\0[0-9]{16} ", "\0")).toList();
    known = map(dump.get(6));
    idle = scores(dump.get(7));
    expired = scores(dump.get(8));
    satisfied = new TreeSet<>(texts(dump.get(9)));
    for (Object result : (List<?>) dump.get(10)) {
      List<?> parts = (List<?>) result;
      results.put((String) parts.get(0), map(parts.get(1)));
    }
    places = map(dump.get(11));
    consumers = scores(dump.get(12));
    meta = map(dump.get(13));
    keys = new TreeSet<>(texts(dump.get(14)));
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  private static Map<String, String> map(Object list) {
    List<String> texts = texts(list);
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i += 2) {
      map.put(texts.get(i), texts.get(i + 1));
    }
    return map;
  }

  private static Map<String, Long> scores(Object list) {
    Map<String, Long> scores = new LinkedHashMap<>();
    map(list).forEach((member, score) -> scores.put(member, (long) Double.parseDouble(score)));
    return scores;
  }

  /** The pending events of an identifier, in order. */
  List<Waiting> pendingOf(String identifier) {
    return pending.stream().filter(event -> event.identifier().equals(identifier)).toList();
  }

  /** The same in the form that all stores have in common. */
  StoreState common(StoreState.ClaimNames names) {
    Map<String, List<String>> parts = new TreeMap<>();
    parts.put("queue", queue(names));
    Map<String, StringBuilder> waiting = new TreeMap<>();
    for (Waiting event : pending) {
      waiting
          .computeIfAbsent(event.identifier(), StringBuilder::new)
          .append(" %s@%d".formatted(event.id(), event.entered()));
    }
    parts.put("pending", waiting.values().stream().map(StringBuilder::toString).toList());
    Map<String, StringBuilder> learnt = new TreeMap<>();
    for (String slot : slots) {
      learnt
          .computeIfAbsent(slot.split("\0")[0], StringBuilder::new)
          .append(' ')
          .append(EventJson.read(known.get(slot)).id());
    }
    parts.put("known", learnt.values().stream().map(StringBuilder::toString).toList());
    parts.put("idle", byTime(idle));
    parts.put("expired", byTime(expired));
    parts.put("satisfied", List.copyOf(satisfied));
    parts.put("consumers", consumers.keySet().stream().map(c -> c + " " + places.get(c)).toList());
    parts.put("bounds", List.of(meta.get("trimmed"), meta.get("newest")));
    parts.put("results", List.of(String.valueOf(results.size())));
    return new StoreState(parts);
  }

  private List<String> queue(StoreState.ClaimNames names) {
    List<String> lines = new ArrayList<>();
    entries.forEach(
        (identifier, entry) ->
            lines.add(
                StoreState.entry(
                    identifier,
                    entry.next(),
                    entry.attempts(),
                    entry.running(),
                    entry.again(),
                    entry.running() ? names.apply(entry.token()) : "none",
                    due.get(identifier))));
    return lines.stream().sorted().toList();
  }

  /** Stamps may run ahead of the time by some microseconds. */
  private static List<String> byTime(Map<String, Long> stamped) {
    return stamped.entrySet().stream().map(e -> e.getKey() + " " + e.getValue() / 1000).toList();
  }

  /** Holds the invariants of DESIGN section 11, and those of each key, against what is stored. */
  void checkInvariants(String where, QueueSettings settings) {
    assertThat(keys)
        .as(where)
        .allMatch(k -> k.startsWith("purgatory:{g}:") || k.startsWith("test:"));
    checkQueue(settings);
    checkEvents();
    checkKnown(settings);
    checkResults();
    assertThat(new TreeSet<>(places.keySet())).isEqualTo(new TreeSet<>(consumers.keySet()));
    List<Long> stamps = new ArrayList<>();
    stamps.addAll(idle.values());
    stamps.addAll(expired.values());
    stamps.addAll(consumers.values());
    pending.forEach(event -> stamps.add(event.stamp()));
    assertThat(stamps).as("stamps").doesNotHaveDuplicates();
    assertThat(stamps).allMatch(stamp -> stamp <= Long.parseLong(meta.get("stamp")));
  }

  private void checkQueue(QueueSettings settings) {
    Set<String> busy = new TreeSet<>();
    pending.forEach(event -> busy.add(event.identifier()));
    entries.forEach(
        (identifier, entry) -> {
          if (entry.running()) {
            busy.add(identifier);
          } else {
            assertThat(entry.again()).as("due again only during a run").isNegative();
          }
        });
    assertThat(entries.keySet())
        .as("queued exactly while events wait or a run is on")
        .isEqualTo(busy);
    Map<String, Long> claimable = new TreeMap<>();
    entries.forEach((identifier, entry) -> claimable.put(identifier, entry.claimable()));
    assertThat(new TreeMap<>(due)).as("due at the right time").isEqualTo(claimable);
    checkApart("idle and queued", idle.keySet(), busy);
    assertThat(due.size() + idle.size())
        .as("identifiers")
        .isLessThanOrEqualTo(settings.maxIdentifiers());
  }

  private void checkEvents() {
    List<String> ids = pending.stream().map(Waiting::id).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(ids)).as("events").isEqualTo(new TreeSet<>(events.keySet()));
    Map<String, Long> first = new TreeMap<>();
    pending.forEach(event -> first.putIfAbsent(event.identifier(), event.entered()));
    assertThat(new TreeMap<>(oldest)).as("expiry").isEqualTo(first);
    checkApart("expired and pending", expired.keySet(), ids);
    checkApart("satisfied and pending", satisfied, ids);
  }

  private static void checkApart(String what, Collection<String> some, Collection<String> others) {
    assertThat(Collections.disjoint(some, others)).as(what).isTrue();
  }

  private void checkKnown(QueueSettings settings) {
    assertThat(slots).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(slots)).as("known").isEqualTo(new TreeSet<>(known.keySet()));
    Map<String, Integer> counts = new TreeMap<>();
    slots.forEach(slot -> counts.merge(slot.split("\0")[0], 1, Integer::sum));
    assertThat(counts.values()).allMatch(count -> count <= settings.maxEventsPerIdentifier());
    Set<String> remembered = new LinkedHashSet<>(due.keySet());
    remembered.addAll(idle.keySet());
    assertThat(remembered).as("known of nobody").containsAll(counts.keySet());
  }

  private void checkResults() {
    Set<String> kept = new TreeSet<>();
    for (Map<String, String> result : results.values()) {
      if (result.get("outcome").equals("SATISFIED")) {
        for (String event : result.get("released").split(",")) {
          kept.add(event.split(":")[0]);
        }
      }
    }
    assertThat(satisfied).as("satisfied by the results that are kept").isEqualTo(kept);
    List<String> positions = List.copyOf(results.keySet());
    if (!positions.isEmpty()) {
      assertThat(meta.get("newest")).isEqualTo(positions.get(positions.size() - 1));
      assertThat(StoredResults.position(positions.get(0)))
          .isGreaterThan(StoredResults.position(meta.get("trimmed")));
    }
  }
}
