package org.purgatory.sync.sync;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * Port to the queue of one group. Each operation is one atomic step, and the time is the store's
 * own. No operation blocks its caller. Each fails with {@link StoreUnavailableException} while the
 * store cannot be reached.
 *
 * <p>Invariants: an identifier is in the queue exactly while it has pending events or a run in
 * progress; at most one run of an identifier holds an unexpired lease; every pending event ends in
 * exactly one result, or was withdrawn.
 */
public interface SyncStore {

  /** Takes events in, all or none. */
  CompletionStage<EnqueueOutcome> enqueue(Enqueue request);

  /** Brings the next run of an identifier forward, if events of it wait. */
  CompletionStage<TriggerOutcome> trigger(RepositoryIdentifier identifier, Duration delay);

  /**
   * Withdraws events that wait, and dormant announcements. There is no result for them, and handed
   * in again they are new. Those that a run is applying are left out.
   *
   * @param events which events
   * @return those that waited until now, with their identifiers, in the order asked for
   */
  CompletionStage<Map<EventId, RepositoryIdentifier>> cancel(Collection<EventId> events);

  /**
   * Claims identifiers that are due, the longest due first. A claim whose lease ran out counts as
   * due.
   *
   * @param most how many at most, not negative
   * @return the claims with what there is to know for each, and how long until more are due
   */
  CompletionStage<Claims> claimDue(int most);

  /**
   * Renews leases.
   *
   * @param claims the claims to renew
   * @return those that were lost: another run may hold them, so theirs must end
   */
  CompletionStage<Set<Claim>> renew(Collection<Claim> claims);

  /**
   * Reads what there is to know about a claimed identifier, and writes down what its run has to
   * tell.
   *
   * @return the work, or empty if the claim was lost
   */
  CompletionStage<Optional<Work>> load(Claim claim, RunNote note);

  /**
   * Writes down what a run has to tell. Notes stay with the identifier until it leaves the queue.
   *
   * @return whether the claim still holds; otherwise nothing was written
   */
  CompletionStage<Boolean> note(Claim claim, RunNote note);

  /**
   * Asks which events may be applied: to be asked right before anything of theirs touches an
   * owner's repository. Renews the lease.
   *
   * @param events pending events and dormant announcements of the identifier
   * @return those that still wait, or empty if the claim was lost
   */
  CompletionStage<Optional<Begun>> begin(Claim claim, List<EventId> events);

  /**
   * Ends the wait of events: stores their result and removes them from the queue in one step.
   * Events that no longer wait are left out; if none is left, nothing is stored. If no event of the
   * identifier waits afterwards, its run ends in the same step, and it leaves the queue. A dormant
   * announcement leaves only if it is satisfied.
   *
   * @return the events that were released now, and whether the run has ended
   */
  CompletionStage<Published> publish(Claim claim, Release release);

  /**
   * Ends a run: the identifier leaves the queue, or is due again later. Writes down what the run
   * has to tell.
   *
   * @return when the identifier is due again, or empty if it left the queue or the claim was lost
   */
  CompletionStage<Optional<NextRun>> complete(Claim claim, RunNote note);

  /**
   * Expires events that waited too long, with a result for each identifier, and forgets what need
   * not be remembered any more. Announcements that expire stay dormant for {@link
   * QueueSettings#DORMANCY}; events that a run is applying do not expire.
   *
   * @return how many events expired
   */
  CompletionStage<Integer> sweep();

  /**
   * Tells how an identifier stands.
   *
   * @return its status, or empty if it is not in the queue
   */
  CompletionStage<Optional<SyncStatus>> status(RepositoryIdentifier identifier);

  /** Lists identifiers with events that wait, a page at a time, while the queue goes on. */
  CompletionStage<StatusPage> list(StatusQuery query);

  /** How full the store is. */
  CompletionStage<Usage> usage();
}
