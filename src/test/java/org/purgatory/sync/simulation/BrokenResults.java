package org.purgatory.sync.simulation;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.PendingEvent;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.ReleasedEvent;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.Work;

/** Stores that are wrong about what comes of events. */
final class BrokenResults {

  private BrokenResults() {}

  /** Removes events and stores their result in two steps, with a moment between them. */
  static final class TwoSteps implements Variant {
    private static final long MOMENT = 20_000;
    private World world;
    private ResultPosition hidden;

    @Override
    public SyncStore store(SyncStore real, World in) {
      world = in;
      return new ForwardingStore(real) {
        @Override
        public CompletionStage<Published> publish(Claim claim, Release release) {
          ResultPosition end = world.results.end();
          hidden = end;
          world.schedule.after(Process.WORLD, MOMENT, () -> hidden = null);
          return real.publish(claim, release);
        }
      };
    }

    @Override
    public ResultLog results(ResultLog real) {
      return new ForwardingLog(real) {
        @Override
        public CompletionStage<Read> read(ResultPosition after, int most) {
          return after.equals(hidden)
              ? completedFuture(new Page(List.of()))
              : real.read(after, most);
        }
      };
    }
  }

  /** Looks what has expired, and stores that later, though some of it has left meanwhile. */
  static final class ExpiresWhatLeft implements Variant {
    private final Map<EventId, Instant> entered = new LinkedHashMap<>();
    private final List<SyncResult> extra = new ArrayList<>();

    @Override
    public SyncStore store(SyncStore real, World world) {
      return new ForwardingStore(real) {
        @Override
        public CompletionStage<EnqueueOutcome> enqueue(Enqueue request) {
          Instant now = world.schedule.clock(Duration.ZERO).instant();
          request.pending().forEach(event -> entered.putIfAbsent(event.id(), now));
          return real.enqueue(request);
        }

        @Override
        public CompletionStage<Published> publish(Claim claim, Release release) {
          Instant now = world.schedule.clock(Duration.ZERO).instant();
          return real.publish(claim, release)
              .thenApply(
                  published -> {
                    published.released().stream()
                        .filter(id -> entered.get(id).isBefore(now.minus(world.terms().expiry())))
                        .forEach(id -> extra.add(expired(claim, id, now)));
                    return published;
                  });
        }
      };
    }

    private static SyncResult expired(Claim claim, EventId id, Instant now) {
      return new SyncResult(
          claim.identifier(),
          SyncOutcome.EXPIRED,
          List.of(new ReleasedEvent(id, RepositoryState.KIND, Duration.ZERO, "")),
          List.of(),
          1,
          now,
          List.of());
    }

    @Override
    public ResultLog results(ResultLog real) {
      return new ForwardingLog(real) {
        @Override
        public CompletionStage<Read> read(ResultPosition after, int most) {
          return real.read(after, most).thenApply(read -> withExtra(after, read));
        }
      };
    }

    private ResultLog.Read withExtra(ResultPosition after, ResultLog.Read read) {
      if (extra.isEmpty() || !(read instanceof ResultLog.Page page)) {
        return read;
      }
      List<StoredResult> results = new ArrayList<>(page.results());
      for (SyncResult one : extra) {
        ResultPosition last =
            results.isEmpty() ? after : results.get(results.size() - 1).position();
        results.add(new StoredResult(last.next(0), one));
      }
      extra.clear();
      return new ResultLog.Page(results);
    }
  }

  /** Of two states of one second the one with the larger id wins. */
  static final class LargerIdWins extends ForwardingStore {
    LargerIdWins(SyncStore real) {
      super(real);
    }

    @Override
    public CompletionStage<Claims> claimDue(int most) {
      return real.claimDue(most)
          .thenApply(
              claims ->
                  new Claims(
                      claims.claimed().stream()
                          .map(one -> new Claimed(one.claim(), without(one.work())))
                          .toList(),
                      claims.untilNext()));
    }

    @Override
    public CompletionStage<Optional<Work>> load(Claim claim, RunNote note) {
      return real.load(claim, note).thenApply(work -> work.map(LargerIdWins::without));
    }

    private static Work without(Work work) {
      List<GitEvent> states = new ArrayList<>(work.known());
      work.pending().stream().map(PendingEvent::event).forEach(states::add);
      return new Work(
          work.pending().stream().filter(one -> !isBeaten(one.event(), states)).toList(),
          work.known(),
          work.dormant());
    }

    private static boolean isBeaten(GitEvent event, Collection<GitEvent> others) {
      return event instanceof RepositoryState
          && others.stream()
              .filter(RepositoryState.class::isInstance)
              .filter(other -> other.author().equals(event.author()))
              .filter(other -> other.event().createdAt() == event.event().createdAt())
              .anyMatch(other -> other.id().compareTo(event.id()) > 0);
    }
  }
}
