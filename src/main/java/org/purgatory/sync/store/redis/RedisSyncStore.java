package org.purgatory.sync.store.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Begun;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.ReleaseReasons;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StatusPage;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.SyncStatus;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.TriggerOutcome;
import org.purgatory.sync.sync.Usage;
import org.purgatory.sync.sync.Work;

/**
 * The queue in Redis, which the replicas of a group share. Each operation is one script, but for
 * those that are cut into pieces so that none holds Redis for long: claims, renewals and sweeps of
 * very many.
 */
final class RedisSyncStore implements SyncStore {

  private static final int RENEWALS_AT_ONCE = 500;
  private static final int IDENTIFIERS_SWEPT_AT_ONCE = 200;
  private static final int THINGS_SWEPT_AT_ONCE = 1000;

  private final RedisCommands commands;
  private final GroupKeys keys;
  private final QueueSettings settings;
  private final QueueScripts scripts;
  private final EnqueueScript enqueue;
  private final StoredWork work;
  private final Claiming claiming;
  private final StoredStatuses statuses;

  /** Told at every sweep, and when readiness is asked for: that comes before the first event. */
  private final LossAlarm lossAlarm;

  RedisSyncStore(RedisCommands commands, Scripts scripts, String group, QueueSettings settings) {
    this.commands = commands;
    this.keys = new GroupKeys(group);
    this.settings = settings;
    this.scripts = new QueueScripts(scripts);
    this.enqueue = new EnqueueScript(settings);
    this.work = new StoredWork(keys);
    this.claiming = new Claiming(a -> run(this.scripts.claim, a), settings.lease(), work);
    this.statuses = new StoredStatuses(settings.expiry());
    this.lossAlarm = new LossAlarm(keys.pattern());
  }

  @Override
  public CompletionStage<EnqueueOutcome> enqueue(Enqueue request) {
    return run(scripts.enqueue, enqueue.arguments(request))
        .thenApply(answer -> enqueue.outcome(request, answer))
        .exceptionally(enqueue::refusal);
  }

  @Override
  public CompletionStage<TriggerOutcome> trigger(RepositoryIdentifier identifier, Duration delay) {
    return run(scripts.trigger, List.of(identifier.value(), Micros.of(delay)))
        .thenApply(
            answer -> new TriggerOutcome(answer.get(0).toInteger(), Answers.time(answer.get(1))));
  }

  @Override
  public CompletionStage<Map<EventId, RepositoryIdentifier>> cancel(Collection<EventId> events) {
    return run(scripts.cancel, events.stream().map(EventId::hex).distinct().toList())
        .thenApply(
            answer -> {
              Map<EventId, RepositoryIdentifier> cancelled = new LinkedHashMap<>();
              for (int i = 0; i < answer.size(); i += 2) {
                cancelled.put(
                    new EventId(answer.get(i).toString()),
                    new RepositoryIdentifier(answer.get(i + 1).toString()));
              }
              return cancelled;
            });
  }

  @Override
  public CompletionStage<Claims> claimDue(int most) {
    return claiming.claimDue(most);
  }

  @Override
  public CompletionStage<Set<Claim>> renew(Collection<Claim> claims) {
    List<Claim> all = List.copyOf(claims);
    CompletionStage<Set<Claim>> lost = completedFuture(new LinkedHashSet<>());
    for (int from = 0; from < all.size(); from += RENEWALS_AT_ONCE) {
      List<Claim> some = all.subList(from, Math.min(from + RENEWALS_AT_ONCE, all.size()));
      lost = lost.thenCombine(lostOf(some), RedisSyncStore::union);
    }
    return lost;
  }

  private static Set<Claim> union(Set<Claim> all, Set<Claim> more) {
    all.addAll(more);
    return all;
  }

  private CompletionStage<Set<Claim>> lostOf(List<Claim> claims) {
    List<String> arguments = new ArrayList<>(List.of(Micros.of(settings.lease())));
    claims.forEach(claim -> arguments.addAll(argumentsOf(claim, List.of())));
    return run(scripts.renew, arguments)
        .thenApply(
            answer -> {
              Set<Claim> lost = new LinkedHashSet<>();
              answer.forEach(place -> lost.add(claims.get(place.toInteger())));
              return lost;
            });
  }

  private static List<String> argumentsOf(Claim claim, List<String> more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(claim.identifier().value());
    arguments.add(String.valueOf(claim.fencingToken()));
    arguments.addAll(more);
    return arguments;
  }

  @Override
  public CompletionStage<Optional<Work>> load(Claim claim, RunNote note) {
    return run(scripts.load, argumentsOf(claim, NotesText.arguments(note)))
        .thenApply(
            answer ->
                Optional.ofNullable(answer).map(a -> work.read(a.get(0), a.get(1), a.get(2))));
  }

  @Override
  public CompletionStage<Boolean> note(Claim claim, RunNote note) {
    return run(scripts.note, argumentsOf(claim, NotesText.arguments(note)))
        .thenApply(answer -> answer.toInteger() == 1);
  }

  @Override
  public CompletionStage<Optional<Begun>> begin(Claim claim, List<EventId> events) {
    List<String> arguments = argumentsOf(claim, List.of(Micros.of(settings.lease())));
    events.forEach(id -> arguments.add(id.hex()));
    return run(scripts.begin, arguments)
        .thenApply(
            answer ->
                Optional.ofNullable(answer).map(ids -> new Begun(ids(ids), settings.lease())));
  }

  private static Set<EventId> ids(Iterable<Response> answer) {
    Set<EventId> ids = new HashSet<>();
    answer.forEach(id -> ids.add(new EventId(id.toString())));
    return ids;
  }

  @Override
  public CompletionStage<Published> publish(Claim claim, Release release) {
    List<String> arguments =
        argumentsOf(
            claim,
            List.of(
                release.outcome().name(),
                new ChangesJson(release.repositories(), release.sourceUrls()).write(),
                String.valueOf(settings.maxEventsPerIdentifier())));
    for (EventId id : release.events()) {
      arguments.add(id.hex());
      arguments.add(release.reasonOf(id));
    }
    return run(scripts.publish, arguments)
        .thenApply(answer -> answer == null ? Published.LOST : published(answer));
  }

  private static Published published(Response answer) {
    Set<EventId> released = new HashSet<>();
    for (int i = 1; i < answer.size(); i++) {
      released.add(new EventId(answer.get(i).toString()));
    }
    return new Published(released, answer.get(0).toInteger() == 1);
  }

  @Override
  public CompletionStage<Optional<NextRun>> complete(Claim claim, RunNote note) {
    List<String> arguments =
        argumentsOf(
            claim,
            List.of(Micros.of(settings.backoff().base()), Micros.of(settings.backoff().most())));
    arguments.addAll(NotesText.arguments(note));
    return run(scripts.complete, arguments)
        .thenApply(
            answer ->
                Optional.ofNullable(answer)
                    .map(
                        a ->
                            new NextRun(Micros.duration(a.get(0).toLong()), a.get(1).toInteger())));
  }

  @Override
  public CompletionStage<Integer> sweep() {
    CompletableFuture<Integer> expired = new CompletableFuture<>();
    sweep(0, expired);
    return expired;
  }

  private void sweep(int before, CompletableFuture<Integer> expired) {
    run(scripts.sweep, sweepArguments())
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                expired.completeExceptionally(failure);
                return;
              }
              lossAlarm.saw(answer.get(2).toString());
              int soFar = before + answer.get(0).toInteger();
              boolean more = answer.get(1).toInteger() == 1;
              if (more) {
                sweep(soFar, expired);
              } else {
                expired.complete(soFar);
              }
            });
  }

  private List<String> sweepArguments() {
    return List.of(
        Micros.of(settings.expiry()),
        Micros.of(settings.expiredMemory()),
        String.valueOf(settings.maxIdentifiers()),
        Micros.of(settings.resultRetention()),
        String.valueOf(settings.maxResults()),
        String.valueOf(IDENTIFIERS_SWEPT_AT_ONCE),
        String.valueOf(THINGS_SWEPT_AT_ONCE),
        ReleaseReasons.waited(settings.expiry()),
        String.valueOf(settings.maxEventsPerIdentifier()),
        Micros.of(QueueSettings.DORMANCY));
  }

  @Override
  public CompletionStage<Optional<SyncStatus>> status(RepositoryIdentifier identifier) {
    return run(scripts.status, List.of(identifier.value()))
        .thenApply(answer -> Optional.ofNullable(answer).map(statuses::status));
  }

  @Override
  public CompletionStage<StatusPage> list(StatusQuery query) {
    return run(scripts.list, StoredStatuses.arguments(query)).thenApply(statuses::page);
  }

  @Override
  public CompletionStage<Usage> usage() {
    return run(scripts.usage, List.of())
        .thenApply(
            answer -> {
              lossAlarm.saw(answer.get(2).toString());
              return new Usage(answer.get(0).toInteger(), answer.get(1).toInteger());
            });
  }

  private CompletionStage<Response> run(Script script, List<String> arguments) {
    return commands.run(script, keys.all(), arguments);
  }
}
