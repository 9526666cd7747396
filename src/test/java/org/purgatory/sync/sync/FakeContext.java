package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.Origin;

/** A world that a test arranges. What was fetched is not needed any more. */
final class FakeContext implements SyncContext {

  boolean pending = true;
  boolean ready;
  boolean moreWaits = true;
  int processed;
  int permits;
  int asks;
  Predicate<Origin> blocked = origin -> false;
  Set<Domain> waitsFor = Set.of();
  boolean saidToBeThrottled;
  final Map<CloneUrl, FetchResult.Failed> skipped = new LinkedHashMap<>();
  final Map<Domain, Duration> throttled = new HashMap<>();
  final Map<CloneUrl, FetchResult> answers = new HashMap<>();
  final List<FetchRequest> asked = new ArrayList<>();
  private Set<Oid> needed = new HashSet<>();
  private List<CloneUrl> urls = List.of();

  FakeContext needs(Oid... oids) {
    needed = new HashSet<>(Set.of(oids));
    return this;
  }

  void at(CloneUrl... where) {
    urls = List.of(where);
  }

  @Override
  public CompletionStage<Outlook> look() {
    List<FetchRequest> requests =
        needed.isEmpty()
            ? List.of()
            : urls.stream().map(url -> request(url, needed.toArray(new Oid[0]))).toList();
    return completedFuture(new Outlook(pending, ready, !needed.isEmpty(), requests));
  }

  @Override
  public CompletionStage<PermitDecision> tryAcquire(Origin origin) {
    asks++;
    if (blocked.test(origin)) {
      return completedFuture(
          new PermitDecision.Blocked(Duration.ofSeconds(59), CircuitCause.UNREACHABLE));
    }
    Duration wait = throttled.get(origin.domain());
    return completedFuture(
        wait == null
            ? new PermitDecision.Granted(new Permit(origin, ++permits))
            : new PermitDecision.Wait(wait));
  }

  @Override
  public void skipped(FetchRequest request, FetchResult.Failed why) {
    skipped.put(request.url(), why);
  }

  @Override
  public CompletionStage<Void> waitOnlyFor(Set<Domain> domains) {
    waitsFor = domains;
    return completedFuture(null);
  }

  @Override
  public CompletionStage<Void> throttled() {
    saidToBeThrottled = true;
    return completedFuture(null);
  }

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request, Permit permit) {
    asked.add(request);
    FetchResult answer =
        answers.getOrDefault(request.url(), new FetchResult.Fetched(request.oids(), 1));
    if (answer instanceof FetchResult.Fetched fetched) {
      needed.removeAll(fetched.oids());
    }
    return completedFuture(answer);
  }

  @Override
  public CompletionStage<Boolean> processSatisfied() {
    processed++;
    return completedFuture(moreWaits);
  }

  /** Objects asked for, for a family that all tests share. */
  static FetchRequest request(CloneUrl url, Oid... oids) {
    FamilyRepositories family = new FamilyRepositories(repo("r"), new TreeSet<>(Set.of(user(1))));
    return new FetchRequest(family, url, new TreeSet<>(Set.of(oids)));
  }
}
