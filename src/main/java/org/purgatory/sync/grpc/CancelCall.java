package org.purgatory.sync.grpc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.v1.CancelSyncRequest;
import org.purgatory.sync.v1.CancelSyncResponse;

/**
 * A CancelSync request that has been read.
 *
 * @param events the events to withdraw, each once
 */
record CancelCall(List<EventId> events) {

  /** One request is one step of the store, which nobody else gets in between. */
  private static final int MOST_EVENTS = 1000;

  /** Copies the list. */
  CancelCall {
    events = List.copyOf(events);
  }

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  static CancelCall read(CancelSyncRequest request) {
    Violations violations = new Violations();
    if (request.getEventIdsCount() > MOST_EVENTS) {
      violations.add(
          "event_ids",
          "must be at most %d, not %d: send more requests"
              .formatted(MOST_EVENTS, request.getEventIdsCount()));
      violations.refuseIfAny();
    }
    Set<EventId> events = new LinkedHashSet<>();
    for (int i = 0; i < request.getEventIdsCount(); i++) {
      String hex = request.getEventIds(i);
      violations.read("event_ids[" + i + "]", () -> new EventId(hex)).ifPresent(events::add);
    }
    violations.refuseIfAny();
    return new CancelCall(List.copyOf(events));
  }

  /**
   * The answer.
   *
   * @param cancelled the events that no longer wait
   * @return their ids
   */
  static CancelSyncResponse response(List<EventId> cancelled) {
    return CancelSyncResponse.newBuilder()
        .addAllCancelledEventIds(cancelled.stream().map(EventId::hex).toList())
        .build();
  }
}
