package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.testkit.BareRepository;

/** Compares what became of a relay's repositories and events with what was to be expected. */
final class Verdict {

  private final RelayWorld world;
  private final History history;
  private final Expected all;
  private final Expected lasting;

  Verdict(RelayWorld world, History history) {
    this.world = world;
    this.history = history;
    this.all = new Expected(world.arrived.values());
    this.lasting =
        new Expected(world.arrived.values().stream().filter(e -> !wasOnlyRejected(e)).toList());
  }

  private boolean wasOnlyRejected(GitEvent event) {
    return outcomesOf(event).equals(Set.of(SyncOutcome.REJECTED));
  }

  private Set<SyncOutcome> outcomesOf(GitEvent event) {
    return Set.copyOf(world.outcomes.getOrDefault(event.id(), List.of()));
  }

  /** To be called when everything has had its time. */
  void repositoriesAreRight() throws IOException {
    for (Map.Entry<PublicKey, BareRepository> hosted : world.repositories.entrySet()) {
      PublicKey owner = hosted.getKey();
      BareRepository repository = hosted.getValue();
      Map<String, String> refs = repository.refs();
      assertThat(only(refs, "refs/heads/", "refs/tags/"))
          .as("branches and tags of %s", owner)
          .isEqualTo(lasting.refsOf(owner));
      assertThat(repository.path().resolve("HEAD")).hasContent("ref: refs/heads/main");
      requestsAreRight(owner, only(refs, "refs/nostr/"));
      isSound(repository);
    }
  }

  private void requestsAreRight(PublicKey owner, Map<String, String> refs) {
    for (PullRequest request : arrived(PullRequest.class)) {
      String ref = "refs/nostr/" + request.id();
      boolean released = outcomesOf(request).contains(SyncOutcome.SATISFIED);
      if (released && concernedOnArrival(request, owner)) {
        assertThat(refs).as("pull requests of %s", owner).containsKey(ref);
      }
      if (refs.containsKey(ref)) {
        assertThat(all.concerns(request, owner)).as("%s concerns %s", ref, owner).isTrue();
        assertThat(refs.remove(ref)).isEqualTo(request.tip().hex());
      }
    }
    assertThat(refs).as("refs of no pull request").isEmpty();
  }

  private boolean concernedOnArrival(PullRequest request, PublicKey owner) {
    int arrival = world.arrivedAt.get(request.id());
    List<GitEvent> before =
        world.arrived.values().stream()
            .filter(event -> world.arrivedAt.get(event.id()) < arrival)
            .toList();
    return world.createdAt.get(owner) < arrival && new Expected(before).concerns(request, owner);
  }

  private static void isSound(BareRepository repository) throws IOException {
    assertThat(repository.fsck().ok()).as(repository.fsck().output()).isTrue();
    try (Stream<Path> files = Files.walk(repository.path())) {
      assertThat(files.map(Path::toString))
          .noneMatch(file -> file.matches(".*(\\.lock|\\.keep|/tmp[-_].*)"));
    }
  }

  /** To be called when everything has had its time. */
  void outcomesAreRight() {
    assertThat(world.waiting).isEmpty();
    for (GitEvent event : world.arrived.values()) {
      List<SyncOutcome> outcomes = world.outcomes.getOrDefault(event.id(), List.of());
      if (!outcomes.isEmpty()) {
        assertThat(allowed(event))
            .as("outcomes of %s", Step.describe(List.of(event)))
            .containsAll(outcomes);
      }
    }
  }

  private Set<SyncOutcome> allowed(GitEvent event) {
    if (event instanceof PullRequest request) {
      boolean found = history.topics().contains(request.tip().hex());
      return Set.of(
          found && hosts().stream().anyMatch(owner -> all.concerns(request, owner))
              ? SyncOutcome.SATISFIED
              : SyncOutcome.EXPIRED);
    }
    if (isReplaced(event)) {
      return Set.of(SyncOutcome.REJECTED, SyncOutcome.SATISFIED);
    }
    if (event instanceof RepositoryState state) {
      return allowed(state);
    }
    boolean complete =
        hosts().contains(event.author())
            && (!world.repositories.get(event.author()).refs().isEmpty()
                || all.tracksNothing(event.author()));
    return Set.of(complete ? SyncOutcome.SATISFIED : SyncOutcome.EXPIRED);
  }

  private Set<SyncOutcome> allowed(RepositoryState state) {
    List<PublicKey> concerned =
        hosts().stream()
            .filter(owner -> all.maintainersOf(owner).contains(state.author()))
            .toList();
    if (concerned.isEmpty()) {
      return Set.of(SyncOutcome.EXPIRED);
    }
    boolean decides =
        state.refs().isEmpty()
            || concerned.stream()
                .anyMatch(owner -> lasting.stateOf(owner).filter(state::equals).isPresent());
    return decides
        ? Set.of(SyncOutcome.SATISFIED)
        : Set.of(SyncOutcome.SATISFIED, SyncOutcome.REJECTED);
  }

  private boolean isReplaced(GitEvent event) {
    return arrived(event.getClass()).stream()
        .anyMatch(e -> e.author().equals(event.author()) && Expected.isNewer(e, event));
  }

  private Set<PublicKey> hosts() {
    return world.repositories.keySet();
  }

  private <E extends GitEvent> Collection<E> arrived(Class<E> type) {
    return world.arrived.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Map<String, String> only(Map<String, String> refs, String... prefixes) {
    return refs.entrySet().stream()
        .filter(ref -> Stream.of(prefixes).anyMatch(ref.getKey()::startsWith))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }
}
