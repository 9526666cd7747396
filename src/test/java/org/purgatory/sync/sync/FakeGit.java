package org.purgatory.sync.sync;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * Servers and repositories in a test's hands: servers have the objects that a test gives them, and
 * answer at once unless a test holds them.
 */
final class FakeGit implements GitRemote, GitRepositories {

  final List<FetchRequest> fetches = new ArrayList<>();
  final List<CloneUrl> aborted = new ArrayList<>();
  final List<String> applied = new ArrayList<>();
  final List<String> settled = new ArrayList<>();
  final Set<PublicKey> brokenRepositories = new HashSet<>();
  final Set<PublicKey> unreadable = new HashSet<>();
  private final Map<CloneUrl, Set<Oid>> servers = new HashMap<>();
  private final Map<CloneUrl, Fault> faults = new HashMap<>();
  private final Set<CloneUrl> held = new HashSet<>();
  private final List<Runnable> heldAnswers = new ArrayList<>();
  private final Set<String> heldLooks = new HashSet<>();
  private boolean heldApplying;
  private boolean losing;
  private final Map<String, Map<RefName, Oid>> repositories = new HashMap<>();
  private final Map<PublicKey, Boolean> hosted = new TreeMap<>();
  private final Map<PublicKey, Set<Oid>> quarantines = new HashMap<>();

  void hosts(PublicKey owner) {
    hosted.put(owner, false);
  }

  void hostsWithRefs(PublicKey owner) {
    hosted.put(owner, true);
  }

  void serves(String url, Oid... oids) {
    servers.computeIfAbsent(CloneUrl.parse(url), u -> new HashSet<>()).addAll(Set.of(oids));
  }

  /** From now on fetches from the server fail, and show this of it. */
  void fails(String url, FetchFailure failure, ExchangeSign sign) {
    faults.put(CloneUrl.parse(url), new Fault(failure, sign));
  }

  /** The server works again. */
  void mends(String url) {
    faults.remove(CloneUrl.parse(url));
  }

  private record Fault(FetchFailure failure, ExchangeSign sign) {}

  /** What a push brings. */
  void has(PublicKey family, Oid... oids) {
    quarantines.computeIfAbsent(family, f -> new HashSet<>()).addAll(Set.of(oids));
  }

  /** Once it is to be applied, what has come is gone. */
  void loses() {
    losing = true;
  }

  /** From now on looking for objects of an identifier takes until {@link #letGo()}. */
  void holdLooks(String identifier) {
    heldLooks.add(identifier);
  }

  /** From now on applying takes until {@link #letGo()}. */
  void holdApplying() {
    heldApplying = true;
  }

  /** From now on the server's answers wait for {@link #letGo()}. */
  void hold(String url) {
    held.add(CloneUrl.parse(url));
  }

  void letGo() {
    List<Runnable> waiting = List.copyOf(heldAnswers);
    held.clear();
    heldLooks.clear();
    heldApplying = false;
    heldAnswers.clear();
    waiting.forEach(Runnable::run);
  }

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request, FetchControl control) {
    control.arrived();
    fetches.add(request);
    Fault fault = faults.get(request.url());
    control.showed(fault == null ? new ExchangeSign.Answered() : fault.sign());
    CompletableFuture<FetchResult> answer = new CompletableFuture<>();
    control.onAbort(
        () -> {
          if (answer.complete(new FetchResult.Failed(FetchFailure.LOCAL, "aborted"))) {
            aborted.add(request.url());
          }
        });
    if (held.contains(request.url())) {
      heldAnswers.add(() -> bring(answer, request));
    } else {
      bring(answer, request);
    }
    return answer;
  }

  private void bring(CompletableFuture<FetchResult> answer, FetchRequest request) {
    if (!answer.isDone()) {
      answer.complete(answer(request));
    }
  }

  private FetchResult answer(FetchRequest request) {
    Fault fault = faults.get(request.url());
    if (fault != null) {
      return new FetchResult.Failed(fault.failure(), "as a test wants it");
    }
    Set<Oid> objects = servers.get(request.url());
    if (objects == null) {
      return new FetchResult.Failed(FetchFailure.NOT_FOUND, "404");
    }
    Optional<Oid> lacking = request.oids().stream().filter(o -> !objects.contains(o)).findFirst();
    if (lacking.isPresent()) {
      return new FetchResult.ObjectMissing(lacking.get());
    }
    has(request.family().representative(), request.oids().toArray(new Oid[0]));
    return new FetchResult.Fetched(request.oids(), 1);
  }

  @Override
  public CompletionStage<Map<PublicKey, HostedRepository>> hosted(
      RepositoryIdentifier identifier, Set<PublicKey> owners) {
    return completedFuture(
        hosted.keySet().stream()
            .filter(owners::contains)
            .collect(Collectors.toMap(o -> o, o -> HostedRepository.usable(hosted.get(o)))));
  }

  @Override
  public String path(RepositoryIdentifier identifier, PublicKey owner) {
    return owner + "/" + identifier + ".git";
  }

  @Override
  public CompletionStage<Set<Oid>> missing(FamilyRepositories family, Set<Oid> oids) {
    if (unreadable.contains(family.representative())) {
      return failedFuture(new RepositoryException("cannot be read", null));
    }
    CompletableFuture<Set<Oid>> answer = new CompletableFuture<>();
    if (heldLooks.contains(family.identifier().value())) {
      heldAnswers.add(() -> answer.complete(lacking(family, oids)));
    } else {
      answer.complete(lacking(family, oids));
    }
    return answer;
  }

  private Set<Oid> lacking(FamilyRepositories family, Set<Oid> oids) {
    Set<Oid> here = quarantines.getOrDefault(family.representative(), Set.of());
    return oids.stream().filter(oid -> !here.contains(oid)).collect(Collectors.toSet());
  }

  @Override
  public CompletionStage<RepositoryChange> apply(
      FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence) {
    if (brokenRepositories.contains(owner)) {
      return failedFuture(new RepositoryException("the disk is full", null));
    }
    if (losing) {
      losing = false;
      quarantines.clear();
      return failedFuture(new RepositoryException("an object that was here is gone", null));
    }
    CompletableFuture<RepositoryChange> answer = new CompletableFuture<>();
    if (heldApplying) {
      heldAnswers.add(() -> answer.complete(applied(family, owner, wanted)));
    } else {
      answer.complete(applied(family, owner, wanted));
    }
    return answer;
  }

  private RepositoryChange applied(FamilyRepositories family, PublicKey owner, WantedRefs wanted) {
    Map<RefName, Oid> wantedRefs = new TreeMap<>();
    wanted.state().ifPresent(state -> wantedRefs.putAll(state.objectRefs()));
    wanted.pullRequests().forEach(p -> wantedRefs.put(RefName.ofPullRequest(p.id()), p.tip()));
    Map<RefName, Oid> refs =
        repositories.computeIfAbsent(family.identifier() + "/" + owner, k -> new TreeMap<>());
    List<RefChange> changes = new ArrayList<>();
    wantedRefs.forEach(
        (name, oid) -> {
          if (!oid.equals(refs.put(name, oid))) {
            changes.add(created(name, oid));
            applied.add(owner.hex().charAt(63) + " " + name);
          }
        });
    hosted.put(owner, true);
    return new RepositoryChange(owner + "/r.git", changes, Optional.empty());
  }

  @Override
  public CompletionStage<Void> settled(FamilyRepositories family) {
    settled.add(family.identifier().value());
    return completedFuture(null);
  }

  private static RefChange created(RefName name, Oid oid) {
    return new RefChange(name, Optional.empty(), Optional.of(oid));
  }
}
