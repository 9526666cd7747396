package org.purgatory.sync.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.WantedRefs;

/**
 * What of that which events want can exist in one repository: an event whose refs are in the way of
 * others does not hold up those that fit.
 *
 * @param wanted what fits
 * @param refused why an event does not
 */
record FittingRefs(WantedRefs wanted, Map<EventId, String> refused) {

  static FittingRefs of(CurrentRefs current, WantedRefs wanted) {
    if (conflict(current, wanted).isEmpty()) {
      return new FittingRefs(wanted, Map.of());
    }
    Map<EventId, String> refused = new TreeMap<>();
    WantedRefs fitting = WantedRefs.NOTHING;
    if (wanted.state().isPresent()) {
      RepositoryState state = wanted.state().get();
      fitting = take(current, wanted.with(List.of()), fitting, state, refused);
    }
    for (PullRequest request : wanted.pullRequests()) {
      List<PullRequest> more = new ArrayList<>(fitting.pullRequests());
      more.add(request);
      fitting = take(current, fitting.with(more), fitting, request, refused);
    }
    return new FittingRefs(fitting, refused);
  }

  private static WantedRefs take(
      CurrentRefs current,
      WantedRefs with,
      WantedRefs without,
      GitEvent event,
      Map<EventId, String> refused) {
    Optional<String> conflict = conflict(current, with);
    conflict.ifPresent(why -> refused.put(event.id(), why));
    return conflict.isEmpty() ? with : without;
  }

  private static Optional<String> conflict(CurrentRefs current, WantedRefs wanted) {
    try {
      RefPlan.of(current.refs(), current.head(), wanted);
      return Optional.empty();
    } catch (RefConflictException e) {
      return Optional.of(e.getMessage());
    }
  }
}
