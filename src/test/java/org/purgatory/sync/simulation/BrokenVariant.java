package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.ThrottleSettings;

/** Mistakes that others made, or that one could make, each by its name. */
enum BrokenVariant {
  NO_GENERATION_CHECK(store((real, in) -> new BrokenQueues.NewsIgnored(real, in, true))),
  BACKOFF_IN_SPITE_OF_A_NEW_EVENT(
      store((real, in) -> new BrokenQueues.NewsIgnored(real, in, false))),
  ENTRY_REMOVED_AFTER_A_CHECK(store((real, in) -> new BrokenQueues.RemovedAfterACheck(real))),
  PUBLISHED_WITHOUT_FENCING(store((real, in) -> new BrokenQueues.PublishesForAnybody(real))),
  LOST_LEASE_REVIVED(seenStore((real, in) -> new BrokenQueues.RevivesLeases(real))),
  DUE_ENTRY_READ_THEN_TAKEN(seenStore(BrokenQueues.ClaimsTwice::new)),
  WITHDRAWN_WHILE_BEING_APPLIED(seenStore((real, in) -> new BrokenQueues.BeginsNothing(real))),
  EXPIRED_EVENT_HUNTED_AGAIN(store((real, in) -> new BrokenQueues.ForgetsExpiry(real))),
  RESULT_STORED_AFTER_EVENTS_LEFT(BrokenResults.TwoSteps::new),
  EXPIRY_RACES_PUBLISHING(BrokenResults.ExpiresWhatLeft::new),
  TIE_WON_BY_THE_LARGER_ID(seenStore((real, in) -> new BrokenResults.LargerIdWins(real))),
  CAPACITY_CHECKED_THEN_TAKEN(throttle(BrokenThrottles.LooksThenTakes::new)),
  COUNTER_IN_PLACE_OF_LEASES(CounterInPlaceOfLeases::new),
  MINUTE_COUNTED_FROM_THE_PERMIT(
      () -> {
        Map<Permit, Long> given = new HashMap<>();
        return seenThrottle((real, in) -> new BrokenThrottles.CountsFromThePermit(real, in, given))
            .get();
      }),
  PERMIT_KEPT_AFTER_A_FAILURE(
      seenThrottle((real, in) -> new BrokenThrottles.KeepsAfterFailure(real))),
  WOKEN_BEFORE_THE_SLOT_IS_FREE(
      () -> {
        Map<Domain, Long> freed = new HashMap<>();
        return seenThrottle((real, in) -> new BrokenThrottles.WakesTooEarly(real, in, freed)).get();
      }),
  PLACE_KEPT_BY_AN_ENDED_RUN(seenThrottle((real, in) -> new BrokenThrottles.KeepsPlaces(real))),
  WAKE_UP_LOST_WHILE_PARKING(seenThrottle(BrokenThrottles.LosesEarlyTurns::new)),
  RETRY_AFTER_IGNORED(throttle((real, in) -> new BrokenThrottles.IgnoresRetryAfter(real))),
  HOST_BLOCKED_FOR_ONE_SERVER(throttle((real, in) -> new BrokenThrottles.BlocksTheHost(real))),
  REFS_WRITTEN_WITHOUT_A_FENCE(volume(BrokenVolumes.NoFence::new)),
  RESULT_BEFORE_THE_REFS(volume(BrokenVolumes.ResultFirst::new)),
  ONE_OBJECT_TAKEN_FOR_ALL(volume(BrokenVolumes.OneIsEnough::new));

  private final Supplier<Variant> variants;

  BrokenVariant(Supplier<Variant> variants) {
    this.variants = variants;
  }

  /** Makes it for one simulation. */
  Variant make() {
    return variants.get();
  }

  private interface Wrapper<T> {
    T around(T real, World world);
  }

  private static Supplier<Variant> store(Wrapper<SyncStore> wrapper) {
    return () ->
        new Variant() {
          @Override
          public SyncStore store(SyncStore real, World world) {
            return wrapper.around(real, world);
          }
        };
  }

  private static Supplier<Variant> seenStore(Wrapper<SyncStore> wrapper) {
    return () ->
        new Variant() {
          @Override
          public SyncStore seenStore(SyncStore checked, World world) {
            return wrapper.around(checked, world);
          }
        };
  }

  private static Supplier<Variant> throttle(Wrapper<DomainThrottle> wrapper) {
    return () ->
        new Variant() {
          @Override
          public DomainThrottle throttle(DomainThrottle real, World world) {
            return wrapper.around(real, world);
          }
        };
  }

  private static Supplier<Variant> seenThrottle(Wrapper<DomainThrottle> wrapper) {
    return () ->
        new Variant() {
          @Override
          public DomainThrottle seenThrottle(DomainThrottle checked, World world) {
            return wrapper.around(checked, world);
          }
        };
  }

  private static Supplier<Variant> volume(UnaryOperator<GitRepositories> wrapper) {
    return () ->
        new Variant() {
          @Override
          public GitRepositories repositories(GitRepositories real, World world) {
            return wrapper.apply(real);
          }
        };
  }

  /** Permits that only a release ends: a crash keeps its slots for ever. */
  private static final class CounterInPlaceOfLeases implements Variant {
    @Override
    public ThrottleSettings limits(ThrottleSettings real) {
      return new ThrottleSettings(real.limits(), real.perDomain(), Duration.ofDays(365));
    }
  }
}
