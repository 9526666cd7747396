package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

/**
 * Reads results as they stand in the stream (departures.lua).
 *
 * <p>One that cannot be read is left out with a warning, so that readers get on. One whose changes
 * alone cannot be read is told without them: that its events are released is what matters most.
 */
final class StoredResults {

  private static final Logger LOG = System.getLogger(StoredResults.class.getName());

  private final String key;

  StoredResults(GroupKeys keys) {
    this.key = keys.results();
  }

  static ResultPosition position(String id) {
    return ResultPosition.parse(id)
        .orElseThrow(() -> new IllegalArgumentException("not a position: " + id));
  }

  Optional<StoredResult> read(Response entry) {
    String id = entry.get(0).toString();
    try {
      return Optional.of(new StoredResult(position(id), result(id, fields(entry.get(1)))));
    } catch (IllegalArgumentException e) {
      LOG.log(
          Level.WARNING,
          "The result in Redis at {0}, id {1}, cannot be read and is left out: {2}. Hand its events"
              + " in again to learn what became of them.",
          key,
          id,
          e.getMessage());
      return Optional.empty();
    }
  }

  private static Map<String, String> fields(Response entry) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < entry.size(); i += 2) {
      fields.put(entry.get(i).toString(), entry.get(i + 1).toString());
    }
    return fields;
  }

  private SyncResult result(String id, Map<String, String> fields) {
    ChangesJson changes = changes(id, field(fields, "changes"));
    return new SyncResult(
        new RepositoryIdentifier(field(fields, "identifier")),
        SyncOutcome.valueOf(field(fields, "outcome")),
        released(field(fields, "released"), fields.getOrDefault("reasons", "")),
        changes.repositories(),
        Integer.parseInt(field(fields, "attempts")),
        Micros.instant(Long.parseLong(field(fields, "completed"))),
        changes.sourceUrls());
  }

  private ChangesJson changes(String id, String text) {
    try {
      return ChangesJson.read(text);
    } catch (IllegalArgumentException e) {
      LOG.log(
          Level.WARNING,
          "What changed with the result in Redis at {0}, id {1}, cannot be read; it is told without:"
              + " {2}",
          key,
          id,
          e.getMessage());
      return new ChangesJson(List.of(), List.of());
    }
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no field " + name);
    }
    return value;
  }

  private static List<ReleasedEvent> released(String text, String reasons) {
    List<ReleasedEvent> released = new ArrayList<>();
    String[] lines = reasons.split("\n", -1);
    for (String event : text.split(",")) {
      if (!event.isEmpty()) {
        int place = released.size();
        released.add(releasedEvent(event, place < lines.length ? lines[place] : ""));
      }
    }
    return released;
  }

  private static ReleasedEvent releasedEvent(String text, String reason) {
    String[] parts = text.split(":");
    if (parts.length != 3) {
      throw new IllegalArgumentException("its released events are damaged");
    }
    return new ReleasedEvent(
        new EventId(parts[0]),
        Integer.parseInt(parts[1]),
        Micros.duration(Long.parseLong(parts[2])),
        reason);
  }
}
