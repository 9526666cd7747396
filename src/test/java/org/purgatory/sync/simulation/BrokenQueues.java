package org.purgatory.sync.simulation;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
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
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.TriggerOutcome;
import org.purgatory.sync.sync.Work;

/** Stores that are wrong about who is due, who holds what, and who leaves. */
final class BrokenQueues {

  private static final Duration NEVER = Duration.ofDays(1);

  private BrokenQueues() {}

  /** News that come in while an identifier is in a certain state make nothing due. */
  static final class NewsIgnored extends ForwardingStore {
    private final QueueModel model;
    private final boolean whileRunning;

    NewsIgnored(SyncStore real, World world, boolean whileRunning) {
      super(real);
      this.model = world.model;
      this.whileRunning = whileRunning;
    }

    private boolean ignores(RepositoryIdentifier identifier) {
      QueuedIdentifier one = model.of(identifier);
      return one.isInQueue() && one.running == whileRunning;
    }

    @Override
    public CompletionStage<EnqueueOutcome> enqueue(Enqueue request) {
      boolean ignored = request.pending().stream().anyMatch(e -> ignores(e.identifier()));
      return real.enqueue(
          ignored
              ? new Enqueue(request.pending(), request.known(), NEVER, request.readmit())
              : request);
    }

    @Override
    public CompletionStage<TriggerOutcome> trigger(
        RepositoryIdentifier identifier, Duration delay) {
      return real.trigger(identifier, ignores(identifier) ? NEVER : delay);
    }
  }

  /** Whether anything waits is looked up when the run looks, and the entry removed later. */
  static final class RemovedAfterACheck extends ForwardingStore {
    private final Set<Claim> sawNothing = new HashSet<>();
    private final Set<RepositoryIdentifier> removed = new HashSet<>();

    RemovedAfterACheck(SyncStore real) {
      super(real);
    }

    @Override
    public CompletionStage<Optional<Work>> load(Claim claim, RunNote note) {
      return real.load(claim, note)
          .thenApply(
              work -> {
                work.filter(w -> w.pending().isEmpty()).ifPresent(w -> sawNothing.add(claim));
                return work;
              });
    }

    @Override
    public CompletionStage<Optional<NextRun>> complete(Claim claim, RunNote note) {
      return real.complete(claim, note)
          .thenApply(
              next -> {
                if (next.isPresent() && sawNothing.contains(claim)) {
                  removed.add(claim.identifier());
                  return Optional.empty();
                }
                return next;
              });
    }

    @Override
    public CompletionStage<Claims> claimDue(int most) {
      return real.claimDue(most)
          .thenApply(
              claims ->
                  new Claims(
                      claims.claimed().stream()
                          .filter(one -> !removed.contains(one.claim().identifier()))
                          .toList(),
                      claims.untilNext()));
    }
  }

  /** Publishing asks for no fencing token: whoever ran the identifier once may publish. */
  static final class PublishesForAnybody extends ForwardingStore {
    private final Map<RepositoryIdentifier, Claim> latest = new HashMap<>();

    PublishesForAnybody(SyncStore real) {
      super(real);
    }

    @Override
    public CompletionStage<Claims> claimDue(int most) {
      return real.claimDue(most)
          .thenApply(
              claims -> {
                claims.claimed().forEach(c -> latest.put(c.claim().identifier(), c.claim()));
                return claims;
              });
    }

    @Override
    public CompletionStage<Published> publish(Claim claim, Release release) {
      return real.publish(latest.getOrDefault(claim.identifier(), claim), release);
    }
  }

  /** Whoever renews has the lease, whether or not it was lost. */
  static final class RevivesLeases extends ForwardingStore {
    RevivesLeases(SyncStore real) {
      super(real);
    }

    @Override
    public CompletionStage<Set<Claim>> renew(Collection<Claim> claims) {
      return real.renew(claims).thenApply(lost -> Set.of());
    }
  }

  /** What is due is read first and taken a moment later: two replicas see the same entry. */
  static final class ClaimsTwice extends ForwardingStore {
    private static final long MOMENT = 20_000;
    private final Schedule schedule;
    private List<Claimed> justClaimed = List.of();
    private long at;

    ClaimsTwice(SyncStore real, World world) {
      super(real);
      this.schedule = world.schedule;
    }

    @Override
    public CompletionStage<Claims> claimDue(int most) {
      if (!justClaimed.isEmpty() && schedule.now() - at < MOMENT && most > 0) {
        return completedFuture(new Claims(justClaimed, Optional.empty()));
      }
      return real.claimDue(most)
          .thenApply(
              claims -> {
                justClaimed = claims.claimed();
                at = schedule.now();
                return claims;
              });
    }
  }

  /** Says that events may be applied, and does not keep them from being withdrawn meanwhile. */
  static final class BeginsNothing extends ForwardingStore {
    BeginsNothing(SyncStore real) {
      super(real);
    }

    @Override
    public CompletionStage<Optional<Begun>> begin(Claim claim, List<EventId> events) {
      return real.renew(List.of(claim))
          .thenApply(
              lost ->
                  lost.isEmpty()
                      ? Optional.of(new Begun(Set.copyOf(events), Terms.LEASE))
                      : Optional.empty());
    }
  }

  /** Events that expired are hunted anew whenever somebody hands them in again. */
  static final class ForgetsExpiry extends ForwardingStore {
    ForgetsExpiry(SyncStore real) {
      super(real);
    }

    @Override
    public CompletionStage<EnqueueOutcome> enqueue(Enqueue request) {
      return real.enqueue(new Enqueue(request.pending(), request.known(), request.delay(), true));
    }
  }
}
