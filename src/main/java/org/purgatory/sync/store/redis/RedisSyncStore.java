package org.purgatory.sync.store.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.Release;
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

  private static final int CLAIMS_AT_ONCE = 100;
  private static final int BYTES_AT_ONCE = 1 << 20;
  private static final int RENEWALS_AT_ONCE = 500;
  private static final int IDENTIFIERS_SWEPT_AT_ONCE = 200;
  private static final int THINGS_SWEPT_AT_ONCE = 1000;

  private final RedisCommands commands;
  private final GroupKeys keys;
  private final QueueSettings settings;
  private final QueueScripts scripts;
  private final EnqueueScript enqueue;
  private final StoredWork work;

  /** Told at every sweep, and when readiness is asked for: that comes before the first event. */
  private final LossAlarm lossAlarm;

  RedisSyncStore(RedisCommands commands, Scripts scripts, String group, QueueSettings settings) {
    this.commands = commands;
    this.keys = new GroupKeys(group);
    this.settings = settings;
    this.scripts = new QueueScripts(scripts);
    this.enqueue = new EnqueueScript(settings);
    this.work = new StoredWork(keys);
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
  public CompletionStage<Claims> claimDue(int most) {
    int now = Math.min(most, CLAIMS_AT_ONCE);
    return run(
            scripts.claim,
            List.of(
                String.valueOf(now), Micros.of(settings.lease()), String.valueOf(BYTES_AT_ONCE)))
        .thenApply(this::claims)
        .thenCompose(claims -> claimMore(claims, most - claims.claimed().size()));
  }

  /** Goes on if the answer was only cut short. */
  private CompletionStage<Claims> claimMore(Claims first, int more) {
    boolean cutShort = more > 0 && first.untilNext().filter(Duration::isZero).isPresent();
    return cutShort
        // What was claimed is held, whether or not there is more to be had.
        ? claimDue(more).thenApply(rest -> join(first, rest)).exceptionally(failure -> first)
        : completedFuture(first);
  }

  private static Claims join(Claims first, Claims rest) {
    List<Claimed> all = new ArrayList<>(first.claimed());
    all.addAll(rest.claimed());
    return new Claims(all, rest.untilNext());
  }

  private Claims claims(Response answer) {
    List<Claimed> claimed = new ArrayList<>();
    for (int i = 1; i < answer.size(); i++) {
      Response one = answer.get(i);
      RepositoryIdentifier identifier = new RepositoryIdentifier(one.get(0).toString());
      Claim claim = new Claim(identifier, one.get(1).toLong());
      claimed.add(new Claimed(claim, work.read(one.get(2), one.get(3))));
    }
    return new Claims(claimed, Answers.duration(answer.get(0)));
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
    claims.forEach(claim -> arguments.addAll(argumentsOf(claim)));
    return run(scripts.renew, arguments)
        .thenApply(
            answer -> {
              Set<Claim> lost = new LinkedHashSet<>();
              answer.forEach(place -> lost.add(claims.get(place.toInteger())));
              return lost;
            });
  }

  private static List<String> argumentsOf(Claim claim) {
    return List.of(claim.identifier().value(), String.valueOf(claim.fencingToken()));
  }

  @Override
  public CompletionStage<Optional<Work>> load(Claim claim) {
    return run(scripts.load, argumentsOf(claim))
        .thenApply(answer -> Optional.ofNullable(answer).map(a -> work.read(a.get(0), a.get(1))));
  }

  @Override
  public CompletionStage<Published> publish(Claim claim, Release release) {
    List<String> arguments = new ArrayList<>(argumentsOf(claim));
    arguments.add(release.outcome().name());
    arguments.add(new ChangesJson(release.repositories(), release.sourceUrls()).write());
    arguments.add(String.valueOf(settings.maxEventsPerIdentifier()));
    release.events().forEach(id -> arguments.add(id.hex()));
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
  public CompletionStage<Optional<NextRun>> complete(Claim claim) {
    List<String> arguments = new ArrayList<>(argumentsOf(claim));
    arguments.add(Micros.of(settings.backoff().base()));
    arguments.add(Micros.of(settings.backoff().most()));
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
        String.valueOf(THINGS_SWEPT_AT_ONCE));
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
