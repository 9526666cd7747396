package org.purgatory.sync.grpc;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.PendingEventState;
import org.purgatory.sync.v1.PendingEventStatus;

/**
 * An EnqueueSync request that has been read.
 *
 * @param enqueue what the engine gets, each event once
 * @param order the ids of the pending events as they stand in the request, repetitions included
 */
record EnqueueCall(Enqueue enqueue, List<EventId> order) {

  /** Copies the list. */
  EnqueueCall {
    order = List.copyOf(order);
  }

  /**
   * The answer.
   *
   * @param outcome what the engine said
   * @return one entry per pending event, in request order
   * @throws RefusedException if the queue is full
   */
  EnqueueSyncResponse response(EnqueueOutcome outcome) {
    if (outcome instanceof EnqueueOutcome.Full full) {
      throw new RefusedException(new Refusal.QueueFull(full.reason(), full.retryAfter()));
    }
    Map<EventId, PendingEventStatus> statuses =
        ((EnqueueOutcome.Accepted) outcome)
            .events().stream().collect(Collectors.toMap(EventStatus::id, EnqueueCall::status));
    return EnqueueSyncResponse.newBuilder()
        .addAllEvents(order.stream().map(statuses::get).toList())
        .build();
  }

  private static PendingEventStatus status(EventStatus status) {
    PendingEventStatus.Builder message =
        PendingEventStatus.newBuilder()
            .setEventId(status.id().hex())
            .setIdentifier(status.identifier().value())
            .setState(state(status.state()));
    status.nextAttempt().map(Times::timestamp).ifPresent(message::setNextAttempt);
    return message.build();
  }

  private static PendingEventState state(EventStatus.State state) {
    return switch (state) {
      case QUEUED -> PendingEventState.PENDING_EVENT_STATE_QUEUED;
      case ALREADY_PENDING -> PendingEventState.PENDING_EVENT_STATE_ALREADY_PENDING;
      case SATISFIED -> PendingEventState.PENDING_EVENT_STATE_SATISFIED;
      case EXPIRED -> PendingEventState.PENDING_EVENT_STATE_EXPIRED;
    };
  }
}
