package org.purgatory.sync.store.memory;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Begun;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.QueueEntry;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StatusPage;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.SyncStatus;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.TriggerOutcome;
import org.purgatory.sync.sync.Usage;
import org.purgatory.sync.sync.Work;

/**
 * The queue in memory. Every operation is one critical section of one lock; none of them does I/O,
 * and each costs the logarithm of the queue's size at the most.
 */
public final class MemorySyncStore implements SyncStore {

  private final QueueSettings settings;
  private final Clock clock;
  private final MemoryResultLog log;
  private final Catalogue catalogue;
  private final ExpiryMemory expired;
  private final Arrivals arrivals;
  private final Departures departures;
  private final StatusBook statuses;
  private long lastFencingToken;

  /**
   * Creates an empty store.
   *
   * @param settings the queue's rules
   * @param clock the one clock
   */
  public MemorySyncStore(QueueSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.log = new MemoryResultLog(clock.instant());
    this.catalogue = new Catalogue(settings.maxIdentifiers(), settings.maxEventsPerIdentifier());
    this.expired = new ExpiryMemory(settings.maxIdentifiers());
    this.arrivals = new Arrivals(settings, log, catalogue, expired);
    this.departures = new Departures(settings.expiry(), log, catalogue, expired);
    this.statuses = new StatusBook(settings.expiry(), catalogue);
  }

  /**
   * The results that this store publishes.
   *
   * @return the log
   */
  public ResultLog results() {
    return log;
  }

  @Override
  public synchronized CompletionStage<EnqueueOutcome> enqueue(Enqueue request) {
    return completedFuture(arrivals.take(request, clock.instant()));
  }

  @Override
  public synchronized CompletionStage<TriggerOutcome> trigger(
      RepositoryIdentifier identifier, Duration delay) {
    Instant now = clock.instant();
    Optional<IdentifierRecord> waiting =
        catalogue.find(identifier).filter(record -> !record.pending().isEmpty());
    waiting.ifPresent(
        found ->
            catalogue.update(
                identifier,
                now,
                record -> record.entry = record.entry.map(e -> e.eventArrived(now, delay))));
    return completedFuture(
        new TriggerOutcome(
            waiting.map(record -> record.pending().size()).orElse(0),
            waiting.flatMap(record -> record.entry).map(QueueEntry::due)));
  }

  @Override
  public synchronized CompletionStage<Map<EventId, RepositoryIdentifier>> cancel(
      Collection<EventId> events) {
    return completedFuture(departures.cancel(events, clock.instant()));
  }

  @Override
  public synchronized CompletionStage<Claims> claimDue(int most) {
    Instant now = clock.instant();
    List<Claimed> claims = new ArrayList<>();
    Optional<IdentifierRecord> next = catalogue.firstClaimable();
    while (claims.size() < most && next.filter(r -> !r.claimableAt().isAfter(now)).isPresent()) {
      claims.add(claim(next.get().identifier, now));
      next = catalogue.firstClaimable();
    }
    Optional<Duration> untilNext = next.map(record -> until(record.claimableAt(), now));
    return completedFuture(new Claims(claims, untilNext));
  }

  private Claimed claim(RepositoryIdentifier identifier, Instant now) {
    long token = ++lastFencingToken;
    catalogue.update(
        identifier,
        now,
        record -> {
          record.entry = record.entry.map(QueueEntry::runStarted);
          record.fencingToken = token;
          record.leaseUntil = now.plus(settings.lease());
          record.endApplying();
        });
    Work work = catalogue.workOf(catalogue.find(identifier).orElseThrow());
    return new Claimed(new Claim(identifier, token), work);
  }

  @Override
  public synchronized CompletionStage<Set<Claim>> renew(Collection<Claim> claims) {
    Instant now = clock.instant();
    Set<Claim> lost = new LinkedHashSet<>();
    for (Claim claim : claims) {
      if (held(claim, now).isPresent()) {
        catalogue.update(
            claim.identifier(), now, record -> record.leaseUntil = now.plus(settings.lease()));
      } else {
        lost.add(claim);
      }
    }
    return completedFuture(lost);
  }

  @Override
  public synchronized CompletionStage<Optional<Work>> load(Claim claim, RunNote note) {
    return completedFuture(noted(claim, note).map(catalogue::workOf));
  }

  @Override
  public synchronized CompletionStage<Boolean> note(Claim claim, RunNote note) {
    return completedFuture(noted(claim, note).isPresent());
  }

  private Optional<IdentifierRecord> noted(Claim claim, RunNote note) {
    Instant now = clock.instant();
    Optional<IdentifierRecord> held = held(claim, now);
    held.ifPresent(record -> record.notes.add(note, now));
    return held;
  }

  @Override
  public synchronized CompletionStage<Optional<Begun>> begin(Claim claim, List<EventId> events) {
    Instant now = clock.instant();
    renew(List.of(claim));
    return completedFuture(
        held(claim, now)
            .map(record -> catalogue.begin(record, events, now))
            .map(begun -> new Begun(begun, settings.lease())));
  }

  @Override
  public CompletionStage<Published> publish(Claim claim, Release release) {
    return telling(
        () -> {
          Instant now = clock.instant();
          return held(claim, now)
              .map(record -> departures.release(record, release, now))
              .orElse(Published.LOST);
        });
  }

  @Override
  public synchronized CompletionStage<Optional<NextRun>> complete(Claim claim, RunNote note) {
    if (noted(claim, note).isEmpty()) {
      return completedFuture(Optional.empty());
    }
    Instant now = clock.instant();
    catalogue.update(
        claim.identifier(),
        now,
        record -> {
          record.endApplying();
          record.entry =
              record.entry.flatMap(
                  e -> e.runEnded(!record.pending().isEmpty(), now, settings.backoff()));
        });
    return completedFuture(
        catalogue
            .find(claim.identifier())
            .flatMap(record -> record.entry)
            .map(entry -> new NextRun(until(entry.nextAttempt(), now), entry.attemptCount())));
  }

  private static Duration until(Instant time, Instant now) {
    return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
  }

  @Override
  public CompletionStage<Integer> sweep() {
    return telling(
        () -> {
          Instant now = clock.instant();
          int count = 0;
          for (IdentifierRecord record : catalogue.withEventsBefore(now.minus(settings.expiry()))) {
            count += departures.expire(record, now);
          }
          expired.forgetBefore(now.minus(settings.expiredMemory()));
          catalogue.dormant().forgetBefore(now.minus(QueueSettings.DORMANCY));
          log.trim(now, settings.resultRetention(), settings.maxResults());
          catalogue.dropIdleBefore(now.minus(settings.resultRetention()));
          return count;
        });
  }

  @Override
  public synchronized CompletionStage<Optional<SyncStatus>> status(
      RepositoryIdentifier identifier) {
    return completedFuture(statuses.status(identifier));
  }

  @Override
  public synchronized CompletionStage<StatusPage> list(StatusQuery query) {
    return completedFuture(statuses.page(query));
  }

  @Override
  public synchronized CompletionStage<Usage> usage() {
    return completedFuture(new Usage(catalogue.queued(), log.size()));
  }

  /** Holds the invariants of DESIGN section 11 against what is stored. For tests. */
  synchronized void checkInvariants() {
    catalogue.checkInvariants();
  }

  /** For tests. */
  Catalogue catalogue() {
    return catalogue;
  }

  /** For tests. */
  ExpiryMemory expired() {
    return expired;
  }

  /** For tests. */
  MemoryResultLog log() {
    return log;
  }

  private Optional<IdentifierRecord> held(Claim claim, Instant now) {
    return catalogue.find(claim.identifier()).filter(record -> record.isHeldBy(claim, now));
  }

  /** Does something that may append results, and lets the readers know outside the lock. */
  private <T> CompletionStage<T> telling(Supplier<T> change) {
    T result;
    boolean appended;
    synchronized (this) {
      ResultPosition before = log.newest();
      result = change.get();
      appended = !log.newest().equals(before);
    }
    if (appended) {
      log.tellListeners();
    }
    return completedFuture(result);
  }
}
