package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.EventJson;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Work;

/**
 * Reads what the scripts tell of an identifier (knowledge.lua).
 *
 * <p>An event that cannot be read is left out, so that the others of its identifier go on. If it is
 * pending it stays so until it expires, with a result as every event: that needs only what the
 * queue itself holds of it.
 */
final class StoredWork {

  private static final Logger LOG = System.getLogger(StoredWork.class.getName());

  private final GroupKeys keys;

  StoredWork(GroupKeys keys) {
    this.keys = keys;
  }

  Work read(Response pending, Response known, Response dormant) {
    List<PendingEvent> waiting = new ArrayList<>();
    for (int i = 0; i < pending.size(); i += 3) {
      String id = pending.get(i).toString();
      long entered = pending.get(i + 1).toLong();
      event(pending.get(i + 2), keys.events(), id, "It waits until it expires.")
          .filter(event -> isIts(event, id))
          .ifPresent(event -> waiting.add(new PendingEvent(event, Micros.instant(entered))));
    }
    List<GitEvent> served = new ArrayList<>();
    for (int i = 0; i < known.size(); i += 2) {
      String field = known.get(i).toString().replace('\0', ' ');
      event(known.get(i + 1), keys.known(), field, "Hand it in again as a known event.")
          .ifPresent(served::add);
    }
    List<GitEvent> revivable = new ArrayList<>();
    for (int i = 0; i < dormant.size(); i += 2) {
      String id = dormant.get(i).toString();
      event(dormant.get(i + 1), keys.events(), id, "Hand it in again with readmit.")
          .filter(event -> isIts(event, id))
          .ifPresent(revivable::add);
    }
    return new Work(waiting, served, revivable);
  }

  /** An event under another's id could never be published, and a run would look for it for ever. */
  private boolean isIts(GitEvent event, String id) {
    boolean its = event.id().hex().equals(id);
    if (!its) {
      LOG.log(
          Level.WARNING,
          "The event in Redis at {0}, field {1}, is another one, {2}, and is left out.",
          keys.events(),
          id,
          event.id());
    }
    return its;
  }

  private static Optional<GitEvent> event(Response json, String key, String field, String advice) {
    try {
      return Optional.of(EventJson.read(json.toString()));
    } catch (InvalidValueException e) {
      LOG.log(
          Level.WARNING,
          "The event in Redis at {0}, field {1}, cannot be read and is left out: {2}. {3}",
          key,
          field,
          e.getMessage(),
          advice);
      return Optional.empty();
    }
  }
}
