package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Begun;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.RunNote;
import org.purgatory.sync.sync.StatusPage;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.SyncStatus;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.TriggerOutcome;
import org.purgatory.sync.sync.Usage;
import org.purgatory.sync.sync.Work;

/** A store that does what another one does, for variants that differ in one thing. */
class ForwardingStore implements SyncStore {

  final SyncStore real;

  ForwardingStore(SyncStore real) {
    this.real = real;
  }

  @Override
  public CompletionStage<EnqueueOutcome> enqueue(Enqueue request) {
    return real.enqueue(request);
  }

  @Override
  public CompletionStage<TriggerOutcome> trigger(RepositoryIdentifier identifier, Duration delay) {
    return real.trigger(identifier, delay);
  }

  @Override
  public CompletionStage<Claims> claimDue(int most) {
    return real.claimDue(most);
  }

  @Override
  public CompletionStage<Set<Claim>> renew(Collection<Claim> claims) {
    return real.renew(claims);
  }

  @Override
  public CompletionStage<Optional<Work>> load(Claim claim, RunNote note) {
    return real.load(claim, note);
  }

  @Override
  public CompletionStage<Published> publish(Claim claim, Release release) {
    return real.publish(claim, release);
  }

  @Override
  public CompletionStage<Optional<NextRun>> complete(Claim claim, RunNote note) {
    return real.complete(claim, note);
  }

  @Override
  public CompletionStage<Boolean> note(Claim claim, RunNote note) {
    return real.note(claim, note);
  }

  @Override
  public CompletionStage<Optional<Begun>> begin(Claim claim, List<EventId> events) {
    return real.begin(claim, events);
  }

  @Override
  public CompletionStage<Map<EventId, RepositoryIdentifier>> cancel(Collection<EventId> events) {
    return real.cancel(events);
  }

  @Override
  public CompletionStage<Optional<SyncStatus>> status(RepositoryIdentifier identifier) {
    return real.status(identifier);
  }

  @Override
  public CompletionStage<StatusPage> list(StatusQuery query) {
    return real.list(query);
  }

  @Override
  public CompletionStage<Integer> sweep() {
    return real.sweep();
  }

  @Override
  public CompletionStage<Usage> usage() {
    return real.usage();
  }
}
