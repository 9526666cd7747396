package org.purgatory.sync.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.purgatory.sync.nostr.EventJson;
import org.purgatory.sync.store.StoreState;

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
        redis.call('ZRANGE', g .. 'dormant', 0, -1),
        redis.call('ZRANGE', g .. 'asleep', 0, -1, 'WITHSCORES'),
        redis.call('HGETALL', g .. 'notes'),
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
  record Entry(
      long next,
      int attempts,
      boolean running,
      long again,
      long token,
      long lease,
      SortedSet<String> begun) {

    static Entry of(String text) {
      String[] parts = text.split(" ");
      return new Entry(
          Long.parseLong(parts[0]),
          Integer.parseInt(parts[1]),
          !parts[2].equals("0"),
          parts[3].equals("-") ? -1 : Long.parseLong(parts[3]),
          Long.parseLong(parts[4]),
          Long.parseLong(parts[5]),
          new TreeSet<>(List.of(parts).subList(6, parts.length)));
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

  /** Dormant announcements: identifier, NUL, author, id, when it entered. */
  final List<String> dormant;

  final Map<String, Long> asleep;
  final Map<String, String> notes;
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
    dormant = texts(dump.get(8));
    asleep = scores(dump.get(9));
    notes = map(dump.get(10));
    expired = scores(dump.get(11));
    satisfied = new TreeSet<>(texts(dump.get(12)));
    for (Object result : (List<?>) dump.get(13)) {
      List<?> parts = (List<?>) result;
      results.put((String) parts.get(0), map(parts.get(1)));
    }
    places = map(dump.get(14));
    consumers = scores(dump.get(15));
    meta = map(dump.get(16));
    keys = new TreeSet<>(texts(dump.get(17)));
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

  /** What counts of it at a time, in the form that all stores have in common. */
  StoreState common(StoreState.ClaimNames names, Instant now) {
    Map<String, List<String>> parts = new TreeMap<>();
    parts.put("queue", queue(names, now));
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
    parts.put("dormant", byTime(asleep));
    parts.put("satisfied", List.copyOf(satisfied));
    parts.put("consumers", consumers.keySet().stream().map(c -> c + " " + places.get(c)).toList());
    parts.put("bounds", List.of(meta.get("trimmed"), meta.get("newest")));
    parts.put("results", List.of(String.valueOf(results.size())));
    return new StoreState(parts);
  }

  private List<String> queue(StoreState.ClaimNames names, Instant now) {
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
                    due.get(identifier),
                    Micros.instant(entry.lease()).isAfter(now) ? entry.begun() : new TreeSet<>())));
    return lines.stream().sorted().toList();
  }

  /** Stamps may run ahead of the time by some microseconds. */
  private static List<String> byTime(Map<String, Long> stamped) {
    return stamped.entrySet().stream().map(e -> e.getKey() + " " + e.getValue() / 1000).toList();
  }
}
