package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.StatusPage;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.SyncPhase;
import org.purgatory.sync.sync.SyncStatus;

/** Asks how identifiers stand, and reads what the scripts tell of that (notes.lua). */
final class StoredStatuses {

  private static final int ID_DIGITS = 64;

  private final Duration expiry;

  StoredStatuses(Duration expiry) {
    this.expiry = expiry;
  }

  static List<String> arguments(StatusQuery query) {
    return List.of(
        query.after().map(RepositoryIdentifier::value).orElse(""),
        String.valueOf(query.most()),
        query.phase().map(phase -> phase.name().toLowerCase(Locale.ROOT)).orElse(""),
        String.valueOf(query.looks()),
        String.valueOf(StatusQuery.BYTES_ENOUGH));
  }

  StatusPage page(Response answer) {
    List<SyncStatus> statuses = new ArrayList<>();
    for (int i = 2; i < answer.size(); i++) {
      statuses.add(status(answer.get(i)));
    }
    Optional<RepositoryIdentifier> next =
        Optional.of(answer.get(1).toString())
            .filter(identifier -> !identifier.isEmpty())
            .map(RepositoryIdentifier::new);
    return new StatusPage(statuses, next, answer.get(0).toLong());
  }

  SyncStatus status(Response answer) {
    NotesText notes = NotesText.read(answer.get(6).toString());
    Optional<Instant> entered = Answers.time(answer.get(4));
    return new SyncStatus(
        new RepositoryIdentifier(answer.get(0).toString()),
        SyncPhase.valueOf(answer.get(1).toString().toUpperCase(Locale.ROOT)),
        answer.get(2).toInteger(),
        Answers.time(answer.get(3)),
        ids(answer.get(5).toString()),
        entered.map(time -> time.plus(expiry)),
        notes.seen(),
        notes.attempts());
  }

  private static List<EventId> ids(String text) {
    List<EventId> ids = new ArrayList<>();
    for (int i = 0; i + ID_DIGITS <= text.length(); i += ID_DIGITS) {
      ids.add(new EventId(text.substring(i, i + ID_DIGITS)));
    }
    return ids;
  }
}
