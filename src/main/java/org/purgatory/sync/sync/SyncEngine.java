package org.purgatory.sync.sync;

import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * The engine as the rest of the program sees it: takes events in, and hunts what they need. It has
 * no thread of its own; somebody calls {@link #tick()}, {@link #sweep()} and {@link #keepLeases()}
 * now and then.
 */
public final class SyncEngine {

  private static final Logger LOG = System.getLogger(SyncEngine.class.getName());

  private final SyncStore store;
  private final SyncMetrics metrics;
  private final SyncLoop loop;
  private final OutageLog expiring;
  private volatile boolean stopped;

  /**
   * Puts the engine together.
   *
   * @param store the queue
   * @param throttle the limits towards domains; its turns are listened to from here
   * @param remote other people's servers
   * @param repositories the relay's repositories
   * @param metrics the meters
   * @param settings how to work
   * @param clock the one clock
   * @param timer what wakes the loop at due times
   * @param executor where steps run
   */
  public SyncEngine(
      SyncStore store,
      DomainThrottle throttle,
      GitRemote remote,
      GitRepositories repositories,
      SyncMetrics metrics,
      EngineSettings settings,
      Clock clock,
      Timer timer,
      Executor executor) {
    this.store = store;
    this.metrics = metrics;
    this.expiring = new OutageLog(LOG, clock, "Expiring events");
    Patience patience = new Patience(timer);
    HeldPermits permits = new HeldPermits(throttle, patience, settings.permitLease(), clock, timer);
    Ports ports =
        new Ports(store, patience, throttle, permits, remote, repositories, metrics, clock);
    this.loop = new SyncLoop(ports, settings, clock, timer, executor);
  }

  /**
   * Takes events in.
   *
   * @param request the events
   * @return what became of them
   */
  public CompletionStage<EnqueueOutcome> enqueue(Enqueue request) {
    return store
        .enqueue(request)
        .thenApply(
            outcome -> {
              metrics.enqueued(outcome);
              if (outcome instanceof EnqueueOutcome.Accepted) {
                loop.tickIn(request.delay());
                identifiers(request).forEach(loop::newsOf);
              }
              return outcome;
            });
  }

  /**
   * Brings an identifier's next run forward.
   *
   * @param identifier whose
   * @param delay to when at the latest
   * @return whether there was anything to bring forward
   */
  public CompletionStage<TriggerOutcome> trigger(RepositoryIdentifier identifier, Duration delay) {
    return store
        .trigger(identifier, delay)
        .thenApply(
            outcome -> {
              if (outcome.nextAttempt().isPresent()) {
                loop.tickIn(delay);
                loop.newsOf(identifier);
              }
              return outcome;
            });
  }

  /**
   * Withdraws events that wait.
   *
   * @param events which events
   * @return those that no longer wait and get no result, in the order asked for; without those that
   *     are being applied right now
   */
  public CompletionStage<List<EventId>> cancel(Collection<EventId> events) {
    return store
        .cancel(events)
        .thenApply(
            cancelled -> {
              cancelled.values().stream().distinct().forEach(loop::newsOf);
              return List.copyOf(cancelled.keySet());
            });
  }

  /**
   * Tells how an identifier stands.
   *
   * @param identifier which
   * @return its status, or empty if it is not in the queue
   */
  public CompletionStage<Optional<SyncStatus>> status(RepositoryIdentifier identifier) {
    return store.status(identifier);
  }

  /**
   * Lists the identifiers of the queue.
   *
   * @param query which page
   * @return the page
   */
  public CompletionStage<StatusPage> list(StatusQuery query) {
    return store.list(query);
  }

  /** Claims and runs what is due. */
  public void tick() {
    loop.tick();
    Calls.started(store::usage).thenAccept(metrics::usage);
  }

  /**
   * When the loop last came to the end of a tick, whatever came of it.
   *
   * @return the time, by the one clock
   */
  public Instant lastTick() {
    return loop.lastTick();
  }

  /**
   * Expires what waited too long.
   *
   * @return how many events expired; none, and no failure, while the store does not work
   */
  public CompletionStage<Integer> sweep() {
    return Calls.started(store::sweep)
        .whenComplete(
            (expired, failure) -> {
              // What a stop breaks off is no outage.
              if (!stopped) {
                expiring.ended(expired, failure);
              }
            })
        .exceptionally(failure -> 0);
  }

  /** Renews the leases of what is going on here. To be called at least twice within a lease. */
  public void keepLeases() {
    loop.keepLeases();
  }

  /** Starts nothing any more. */
  public void stop() {
    stopped = true;
    loop.stop();
  }

  private static Stream<RepositoryIdentifier> identifiers(Enqueue request) {
    return Stream.of(request.pending(), request.known())
        .flatMap(List::stream)
        .map(GitEvent::identifier)
        .distinct();
  }
}
