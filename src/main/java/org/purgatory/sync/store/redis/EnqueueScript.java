package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.purgatory.sync.nostr.EventJson;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EnqueueOutcome.Bound;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.EventStatus.State;
import org.purgatory.sync.sync.Failures;
import org.purgatory.sync.sync.QueueSettings;

/** What goes into enqueue.lua and what comes out of it. */
final class EnqueueScript {

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

  /** Memory comes free as events expire and results are trimmed, or as the operator helps. */
  private static final Duration UNTIL_MEMORY = Duration.ofSeconds(10);

  private final QueueSettings settings;

  EnqueueScript(QueueSettings settings) {
    this.settings = settings;
  }

  List<String> arguments(Enqueue request) {
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(settings.maxIdentifiers()));
    arguments.add(String.valueOf(settings.maxEventsPerIdentifier()));
    arguments.add(Micros.of(request.delay()));
    arguments.add(request.readmit() ? "1" : "0");
    arguments.add(String.valueOf(request.pending().size()));
    for (GitEvent event : request.pending()) {
      arguments.add(event.identifier().value());
      arguments.add(event.id().hex());
      arguments.add(String.valueOf(event.event().kind()));
      arguments.add(EventJson.write(event.event()));
    }
    for (GitEvent event : request.known()) {
      arguments.add(event.identifier().value());
      arguments.add(EventJson.write(event.event()));
    }
    return arguments;
  }

  EnqueueOutcome outcome(Enqueue request, Response answer) {
    return switch (answer.get(0).toString()) {
      case "accepted" -> accepted(request, answer);
      case "events" ->
          new EnqueueOutcome.Full(
              Bound.EVENTS_PER_IDENTIFIER,
              "purgatory.limits.events-per-identifier ("
                  + settings.maxEventsPerIdentifier()
                  + ") is reached",
              atLeast(LEAST_PATIENCE, Micros.duration(answer.get(1).toLong())));
      default ->
          new EnqueueOutcome.Full(
              Bound.IDENTIFIERS,
              "purgatory.limits.identifiers (" + settings.maxIdentifiers() + ") is reached",
              settings.backoff().base());
    };
  }

  private static Duration atLeast(Duration least, Duration duration) {
    return duration.compareTo(least) < 0 ? least : duration;
  }

  private static EnqueueOutcome accepted(Enqueue request, Response answer) {
    List<EventStatus> statuses = new ArrayList<>();
    for (GitEvent event : request.pending()) {
      int place = 2 + 2 * statuses.size();
      State state = state(answer.get(place).toString());
      Optional<Instant> due = Answers.time(answer.get(place + 1));
      statuses.add(new EventStatus(event.id(), event.identifier(), state, due));
    }
    return new EnqueueOutcome.Accepted(statuses, answer.get(1).toInteger());
  }

  private static State state(String name) {
    return switch (name) {
      case "queued" -> State.QUEUED;
      case "pending" -> State.ALREADY_PENDING;
      case "satisfied" -> State.SATISFIED;
      default -> State.EXPIRED;
    };
  }

  /** A full Redis is a bound like the others; any other failure stays one. */
  EnqueueOutcome refusal(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    if (cause instanceof RedisRefusedException refused && refused.kind().equals("OOM")) {
      return new EnqueueOutcome.Full(
          Bound.MEMORY,
          "the maxmemory of Redis is reached: give it more, or lower purgatory.limits and"
              + " purgatory.results",
          UNTIL_MEMORY);
    }
    throw cause instanceof RuntimeException known ? known : new CompletionException(cause);
  }
}
