package org.purgatory.sync.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.Begun;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.EventStatus;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.Work;

/** What requests and answers are called in a trace: short, and the same in every process. */
final class Words {

  private Words() {}

  static String of(Object thing) {
    if (thing instanceof CompletionStage<?> stage) {
      CompletableFuture<?> future = stage.toCompletableFuture();
      return future.isCompletedExceptionally() ? "failed" : of(future.getNow(null));
    } else if (thing instanceof TreeSet<?> || thing instanceof List<?>) {
      return ((Collection<?>) thing).stream().map(Words::of).toList().toString();
    } else if (thing instanceof Collection<?> unordered) {
      return unordered.stream().map(Words::of).sorted().toList().toString();
    } else if (thing instanceof Claim claim) {
      return claim.identifier() + "#" + claim.fencingToken();
    } else if (thing instanceof Claimed claimed) {
      return of(claimed.claim()) + " " + of(claimed.work());
    } else if (thing instanceof Claims claims) {
      return of(claims.claimed()) + " next in " + claims.untilNext();
    } else if (thing instanceof Work work) {
      return Action.names(work.pending().stream().map(pending -> pending.event()).toList());
    } else if (thing instanceof Enqueue request) {
      return Action.names(request.pending()) + Action.names(request.known()) + request.delay();
    } else if (thing instanceof EnqueueOutcome.Accepted accepted) {
      return accepted.events().stream().map(EventStatus::state).toList().toString();
    } else if (thing instanceof Release release) {
      return release.outcome() + of(release.events());
    } else if (thing instanceof RunNote) {
      return "note";
    } else if (thing instanceof Map<?, ?> map) {
      return of(new TreeSet<>(map.keySet()));
    } else if (thing instanceof Begun begun) {
      return of(begun.events());
    } else if (thing instanceof Published published) {
      return of(published.released()) + (published.runEnded() ? " run ended" : "");
    } else if (thing instanceof PermitUse use) {
      return of(use.permit()) + " arrived " + use.arrivedAgo();
    } else if (thing instanceof Permit permit) {
      return permit.domain() + "/" + permit.id();
    }
    return small(thing);
  }

  private static String small(Object thing) {
    if (thing instanceof GitEvent event) {
      return Action.name(event);
    } else if (thing instanceof EventId id) {
      return id.hex().substring(60);
    } else if (thing instanceof Oid oid) {
      return oid.hex().substring(35);
    } else if (thing instanceof Optional<?> maybe) {
      return maybe.map(Words::of).orElse("none");
    }
    return String.valueOf(thing);
  }
}
