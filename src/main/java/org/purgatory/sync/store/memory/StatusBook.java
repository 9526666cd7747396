package org.purgatory.sync.store.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.StatusPage;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.SyncPhase;
import org.purgatory.sync.sync.SyncStatus;

/** Tells how identifiers stand. Not thread-safe. */
final class StatusBook {

  private static final int ID_BYTES = 64;
  private static final int ATTEMPT_BYTES = 200;

  private final Duration expiry;
  private final Catalogue catalogue;

  StatusBook(Duration expiry, Catalogue catalogue) {
    this.expiry = expiry;
    this.catalogue = catalogue;
  }

  Optional<SyncStatus> status(RepositoryIdentifier identifier) {
    return catalogue
        .find(identifier)
        .flatMap(record -> record.entry.map(entry -> status(record, entry)));
  }

  StatusPage page(StatusQuery query) {
    List<SyncStatus> page = new ArrayList<>();
    RepositoryIdentifier last = null;
    int left = query.looks();
    int bytes = 0;
    for (IdentifierRecord record : catalogue.waitingAfter(query.after())) {
      if (left-- == 0 || page.size() == query.most() || bytes >= StatusQuery.BYTES_ENOUGH) {
        return new StatusPage(page, Optional.ofNullable(last), catalogue.queued());
      }
      last = record.identifier;
      SyncStatus status = status(record, record.entry.orElseThrow());
      if (query.phase().isEmpty() || query.phase().get() == status.phase()) {
        page.add(status);
        bytes += bytes(status);
      }
    }
    return new StatusPage(page, Optional.empty(), catalogue.queued());
  }

  private SyncStatus status(IdentifierRecord record, QueueEntry entry) {
    return new SyncStatus(
        record.identifier,
        phase(record),
        entry.attemptCount(),
        entry.inProgress() ? entry.dueAgain() : Optional.of(entry.nextAttempt()),
        List.copyOf(record.pending().keySet()),
        record.pending().values().stream().findFirst().map(e -> e.enteredAt().plus(expiry)),
        record.notes.seen(),
        record.notes.lastAttempts());
  }

  private static SyncPhase phase(IdentifierRecord record) {
    if (!record.isRunning()) {
      return SyncPhase.WAITING;
    }
    return record.notes.throttled ? SyncPhase.THROTTLED : SyncPhase.RUNNING;
  }

  private static int bytes(SyncStatus status) {
    return (status.pending().size() + status.seen().missing().size()) * ID_BYTES
        + status.seen().problems().stream().mapToInt(String::length).sum()
        + status.lastAttempts().size() * ATTEMPT_BYTES;
  }
}
