package org.purgatory.sync.sync;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;

/** Port through which a step sees the world: one claimed identifier, seen afresh at each call. */
public interface SyncContext {

  /** Looks what waits, what is missing, and where it could be asked for. */
  CompletionStage<Outlook> look();

  /** Takes a permit for a server, or a place in its domain's line. */
  CompletionStage<PermitDecision> tryAcquire(Origin origin);

  /** Takes note of a request that is not made, as its server could not be reached lately. */
  void skipped(FetchRequest request, FetchResult.Failed why);

  /** Gives up the places in the lines of all domains but these. */
  CompletionStage<Void> waitOnlyFor(Set<Domain> domains);

  /** Hears that the run waits for a permit from now on, for its status. */
  CompletionStage<Void> throttled();

  /** Makes one fetch exchange under a permit, which is given back when the exchange ends. */
  CompletionStage<FetchResult> fetch(FetchRequest request, Permit permit);

  /**
   * Releases every event whose objects are here, after its refs are in place.
   *
   * @return whether any event still waits; if none does, the run has ended
   */
  CompletionStage<Boolean> processSatisfied();
}
